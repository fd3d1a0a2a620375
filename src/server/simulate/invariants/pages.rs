//! Pages, as those read them whom they are for: each can be opened, and what they say of money and minutes is what there is.

use chrono::{Datelike, NaiveDate};

use super::super::world::{Fault, World};
use crate::{
    model::{base::calendar::to_local, money::tax_documents::DocumentFilter, problem::Problem, work::lanes::QueueView},
    server::{
        auth::Caller,
        service::{
            line::public_page,
            minutes::usage,
            money::{account_statements, bank, bundles, receivables, sales, tax_documents},
            ordering::{home, requests},
            work::{board, cases, day as work_day, figures, lanes},
        },
    },
};

/// What is wrong with them on a day.
pub(super) async fn disagreeing(world: &World, day: NaiveDate) -> Result<Vec<String>, Fault> {
    let mut faults = Vec::new();
    // Whose turn it is goes by the day: a page of everybody's is opened once in some days.
    let (days, members) = (day.num_days_from_ce().unsigned_abs(), world.people.members.len());
    for place in 0..members / 4 {
        let nth = (usize::try_from(days).unwrap_or(0) * (members / 4) + place) % members;
        if let Some(member) = world.people.members.get(nth) {
            of_member(world, member).await?;
        }
    }
    of_vendor(world).await?;
    of_sales(world, &mut faults).await?;
    Ok(faults)
}

fn opened<T>(at: &str, page: Result<T, Problem>) -> Result<T, Fault> {
    page.map_err(|problem| Fault(format!("{at} cannot be opened: {problem:?}")))
}

async fn of_member(world: &World, caller: &Caller) -> Result<(), Fault> {
    let (app, member) = (&world.app, caller.member()?);
    opened("the home page", home::page(app, caller).await)?;
    let list = opened("the list of requests", requests::list(app, &member, None).await)?;
    let listed = [list.upcoming.page.rows, list.waiting.page.rows, list.earlier.page.rows];
    for request in listed.iter().flat_map(|rows| rows.iter().take(2)) {
        opened("a request", requests::page(app, &member, request.number).await)?;
    }
    if let Ok(viewer) = caller.may_see_billing() {
        opened("the usage", usage::page(app, &viewer).await)?;
        opened("the shop", bundles::shop(app, Some(&viewer), None).await)?;
        opened("the documents", tax_documents::list(app, &viewer, DocumentFilter::default(), None).await)?;
        opened("the statement of account", account_statements::statement(app, &viewer, None, None).await)?;
    }
    Ok(())
}

async fn of_vendor(world: &World) -> Result<(), Fault> {
    let (app, people) = (&world.app, &world.people);
    opened("the public page", public_page::page(app).await)?;
    for technician in &people.technicians {
        opened("a technician's day", work_day::page(app, technician, None).await)?;
    }
    let queue = opened("the queue", lanes::page(app, &people.desk, QueueView::All, true).await)?;
    for item in queue.items.iter().take(3) {
        opened("a case", cases::page(app, &people.desk, item.standing.number).await)?;
    }
    opened("the board", board::page(app, &people.desk, None).await)?;
    opened("the figures", figures::page(app, &people.desk, None, None, None).await)?;
    opened("the bank's statements", bank::page(app, &people.manager, None).await)?;
    opened("the receivables", receivables::page(app, &people.manager, None).await)?;
    Ok(())
}

/// What `/sales` says of a month is what its documents say, and what is owed to customers is what the balances say.
async fn of_sales(world: &World, faults: &mut Vec<String>) -> Result<(), Fault> {
    let page = opened("the sales", sales::page(&world.app, &world.people.manager, None).await)?;
    let today = to_local(world.now()).date();
    let documents: Vec<(i32, i32, i64)> = sqlx::query_as(
        "select extract(year from d.supplied_on)::integer, extract(month from d.supplied_on)::integer, sum(d.total)::bigint
         from tax_document d where d.kind <> 'proforma' and d.supplied_on is not null group by 1, 2",
    )
    .fetch_all(world.app.db.pool())
    .await?;
    for month in page.months.iter().filter(|month| month.month <= today) {
        let of = |(year, nth, _): &&(i32, i32, i64)| {
            *year == month.month.year() && u32::try_from(*nth).is_ok_and(|nth| nth == month.month.month())
        };
        let said = documents.iter().find(of).map_or(0, |(.., total)| *total);
        let shown = (month.net + month.vat).haler();
        if shown != said {
            faults.push(format!("/sales shows {shown} in {}, and the documents say {said}", month.month));
        }
    }
    let owed: i64 = sqlx::query_scalar("select coalesce(sum(amount), 0)::bigint from balance_entry")
        .fetch_one(world.app.db.pool())
        .await?;
    if page.owed_back.1.haler() != owed {
        faults.push(format!("/sales owes {} to customers, and their balances are {owed}", page.owed_back.1.haler()));
    }
    Ok(())
}

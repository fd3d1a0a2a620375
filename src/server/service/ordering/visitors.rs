//! Orders of visitors: what is wanted and a time first, who it is for on the way, agreed when the mailed link is followed.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::drafts;
use crate::{
    model::{
        base::{fields::FieldProblem, ids::RequestId, terms::Urgency},
        ordering::{
            drafts::{Draft, DraftStep, Subject, TypedWish},
            pages::{Contact, TimeChoice},
            requests::RequestDetails,
            urgency::UrgencyClaim,
            visitors::{TypedVisit, VisitPage},
        },
        people::registrations::TypedRegistration,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Client, Orderer, tokens::Token},
        db::{
            line::catalogue,
            ordering::{drafts as kept, visitors},
            people::registrations as known,
        },
        service::people::registrations::{self, Opened},
    },
};

/// Who orders in the place of all visitors.
async fn visitor(app: &App) -> Result<Orderer, Problem> {
    let mut tx = app.db.system().await?;
    let (member, customer) = visitors::place(&mut tx, app.clock.now()).await?;
    tx.commit().await?;
    Ok(Orderer::unsigned(member, customer))
}

/// What can be ordered, and what is asked of who comes in.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App) -> Result<VisitPage, Problem> {
    let id = RequestId(app.random.uuid());
    let mut choice = drafts::new_order(app, &visitor(app).await?, Some(id)).await?;
    // What other visitors have said is theirs.
    choice.drafts = Vec::new();
    choice.recent = Vec::new();
    choice.contact = Contact::default();
    Ok(VisitPage { choice, register: registrations::register_page(app).await? })
}

/// Keeps what a visitor wants and mails the link to who they say they are. The answer is the same for whoever is there already. Nothing
/// urgent: that waits for the desk's nod. Tells for which draft a time is picked next, where the customer picks it.
///
/// # Errors
/// As [`registrations::begin`], and [`Problem::Invalid`] for what is wrong with the order.
pub async fn begin(
    app: &App,
    client: &Client,
    (visit, typed): (&TypedVisit, &TypedRegistration),
    key: Uuid,
    language: &str,
) -> Result<Option<RequestId>, Problem> {
    let visitor = visitor(app).await?;
    let wish = TypedWish {
        subject: visit.subject.clone(),
        details: RequestDetails {
            what_happened: visit.what_happened.clone(),
            contact_name: typed.name.clone(),
            contact_phone: typed.phone.clone(),
        },
        urgency: Some(Urgency::Normal),
        claim: UrgencyClaim::default(),
    };
    let subject = check(app, &visitor, &wish, typed).await?;
    let typed = TypedRegistration { programs: vec![subject.program], ..typed.clone() };
    let registration = registrations::begin(app, client, &typed, key, language).await?;
    let mut tx = app.db.system().await?;
    let order = visitors::name(&mut tx, registration, RequestId(app.random.uuid())).await?;
    tx.commit().await?;
    let Some(order) = order else { return Ok(None) };
    let next = drafts::save_wish(app, &visitor, order, &wish).await?;
    Ok((next != DraftStep::Confirm).then_some(order))
}

/// What is wrong with an order, and with who it is for: all of it, in the order of the form.
async fn check(app: &App, visitor: &Orderer, wish: &TypedWish, typed: &TypedRegistration) -> Result<Subject, Problem> {
    let mut tx = app.db.member(visitor.customer()).await?;
    let programs = catalogue::licensed_programs(&mut tx).await?;
    let work_types = catalogue::work_types(&mut tx, app.clock.now()).await?;
    let plannable = |subject: Subject| {
        let is_run = programs.iter().any(|(program, _)| program.id == subject.program);
        work_types.iter().find(|one| is_run && one.id == subject.work_type).map(|one| one.plannable)
    };
    match wish.check(plannable).map_err(Problem::from) {
        Ok(wish) => Ok(wish.subject),
        Err(Problem::Invalid { fields }) => {
            let of_order = |problem: &FieldProblem| !problem.field.starts_with("contact");
            let mut fields: Vec<_> = fields.into_iter().filter(of_order).collect();
            // Its name may be the register's to say, which is asked for nobody whose form is wrong anyway.
            let of_person = |problem: &FieldProblem| problem.field != "programs" && problem.field != "organisation";
            fields.extend(typed.check(None).err().unwrap_or_default().into_iter().filter(of_person));
            if fields.is_empty() { Err(Problem::Malformed) } else { Err(Problem::Invalid { fields }) }
        }
        Err(problem) => Err(problem),
    }
}

/// The times on offer for a visitor's order.
///
/// # Errors
/// [`Problem::NotFound`] for one of which nobody has said who it is for, or whose link was followed.
pub async fn times(app: &App, order: RequestId) -> Result<TimeChoice, Problem> {
    let visitor = awaited(app, order).await?;
    match drafts::time_choice(app, &visitor, order, None).await {
        Ok(choice) => Ok(choice),
        Err(Problem::MovedOn(_)) => Err(Problem::NotFound),
        Err(problem) => Err(problem),
    }
}

/// Holds a slot for a visitor. All visitors together hold no more than one person may: where there are as many, the time is noted, and
/// taken when the link is followed, if it is free then.
///
/// # Errors
/// As [`times`]; [`Problem::SlotTaken`], [`Problem::SlotRefused`].
pub async fn pick(app: &App, order: RequestId, start: Option<DateTime<Utc>>) -> Result<(), Problem> {
    let visitor = awaited(app, order).await?;
    match drafts::pick_slot(app, &visitor, order, start).await {
        Ok(_) | Err(Problem::Limit(_)) => {}
        Err(Problem::MovedOn(_)) => return Err(Problem::NotFound),
        Err(problem) => return Err(problem),
    }
    let Some(start) = start else { return Ok(()) };
    let mut tx = app.db.system().await?;
    visitors::note_picked(&mut tx, order, start).await?;
    Ok(tx.commit().await?)
}

async fn awaited(app: &App, order: RequestId) -> Result<Orderer, Problem> {
    let mut tx = app.db.system().await?;
    if !visitors::is_awaited(&mut tx, order, app.clock.now()).await? {
        return Err(Problem::NotFound);
    }
    drop(tx);
    visitor(app).await
}

/// Opens a registration, and agrees the order that came with it. What is not free any more stays an unfinished order of the person,
/// who picks another time. Twice it is the same as once.
///
/// # Errors
/// As [`registrations::open`].
pub async fn open(app: &App, token: &str) -> Result<Opened, Problem> {
    let opened = registrations::open(app, token).await?;
    if matches!(opened, Opened::Founded(_))
        && let Some(token) = Token::parse(token)
    {
        // Whatever else is in the way of the order: the person is in, and finds it as far as it has come.
        if let Err(problem @ (Problem::Unavailable | Problem::Internal { .. })) = agree(app, &token).await {
            return Err(problem);
        }
    }
    Ok(opened)
}

/// Makes the order of a registration that was opened that of its person. What has been done of it is not done again.
async fn agree(app: &App, token: &Token) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let Some(registered) = known::by_token(&mut tx, token.hash(), now).await? else { return Ok(()) };
    let Some(member) = registered.founded else { return Ok(()) };
    let Some((order, picked)) = visitors::of_registration(&mut tx, registered.id).await? else { return Ok(()) };
    let customer = visitors::customer_of(&mut tx, member).await?.ok_or(Problem::NotFound)?;
    drop(tx);
    let person = Orderer::unsigned(member, customer);
    // Another identity than the visitor's draft has: both are there for a moment.
    let own = RequestId(registered.id);
    let visitor = visitor(app).await?;
    let mut tx = app.db.member(visitor.customer()).await?;
    let draft = kept::list(&mut tx, &visitor, Some(order), now).await?.pop();
    drop(tx);
    if let Some(wish) = draft.as_ref().and_then(wish_of) {
        drafts::save_wish(app, &person, own, &wish).await?;
    }
    let mut tx = app.db.system().await?;
    visitors::forget(&mut tx, order).await?;
    tx.commit().await?;
    if picked.is_some() {
        drafts::pick_slot(app, &person, own, picked).await?;
        drafts::confirm(app, &person, own, "").await?;
    }
    Ok(())
}

fn wish_of(draft: &Draft) -> Option<TypedWish> {
    Some(TypedWish {
        subject: draft.subject()?.to_string(),
        details: RequestDetails {
            what_happened: draft.what_happened.clone(),
            contact_name: draft.contact_name.clone(),
            contact_phone: draft.contact_phone.clone(),
        },
        urgency: draft.urgency,
        claim: UrgencyClaim::default(),
    })
}

/// Forgets what visitors have not come back to.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    for order in visitors::left_behind(&mut tx).await? {
        visitors::forget(&mut tx, order).await?;
    }
    Ok(tx.commit().await?)
}

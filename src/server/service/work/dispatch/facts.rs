//! What is read before an act of the desk, and after it in the same transaction: from both follows what the act means (design,
//! Consequences), whether it is kept or taken back.

use chrono::{DateTime, Days, Utc};

use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, midnight, to_local},
            ids::MailId,
            preview::MailPreview,
            seen::{Fields, Seen},
            terms::Urgency,
        },
        ordering::requests::RequestState,
        problem::{MovedOn, Problem},
        work::{
            chosen::ChosenAct,
            consequences::{ActFacts, Agreed, Consequences, DayOf, MEANS, has_shown},
            lanes::{Place, due, place, waits_since},
        },
    },
    server::{
        app::App,
        db::{
            Tx,
            line::catalogue,
            mails::{self, WrittenMail},
            ordering::requests::{self, page::RequestRow},
            work::{
                board, cases,
                lanes::{self, OpenCase},
            },
        },
    },
};

/// How a request stands before something is done with it.
pub(in crate::server::service::work) struct Before {
    row: RequestRow,
    agreed: Option<Agreed>,
    /// As the desk sees it: its tier, and since when it waits.
    case: Option<OpenCase>,
    /// The latest mail about it.
    latest_mail: Option<MailId>,
    now: DateTime<Utc>,
}

/// The time that is agreed, with whom.
async fn agreed(tx: &mut Tx, row: &RequestRow) -> Result<Option<Agreed>, Problem> {
    let Some(slot) = row.agreed.and(row.summary.slot) else { return Ok(None) };
    Ok(cases::technician(tx, row.id).await?.map(|technician| Agreed { slot, technician }))
}

impl Before {
    /// Reads it under the request's lock.
    pub(in crate::server::service::work) async fn read(
        tx: &mut Tx,
        row: &RequestRow,
        now: DateTime<Utc>,
    ) -> Result<Self, Problem> {
        Ok(Self {
            agreed: agreed(tx, row).await?,
            case: lanes::open_cases(tx, &[row.id]).await?.pop(),
            latest_mail: mails::about(tx, row.summary.number).await?.first().map(|mail| mail.id),
            row: row.clone(),
            now,
        })
    }

    /// What the act means that was done since.
    ///
    /// * `tells_customer` – whether its customer is to hear of it
    pub(in crate::server::service::work) async fn compare(
        &self,
        app: &App,
        tx: &mut Tx,
        tells_customer: bool,
    ) -> Result<Consequences, Problem> {
        let (now, number) = (self.now, self.row.summary.number);
        let row = requests::page::for_staff(tx, None, number, now).await?.ok_or(Problem::NotFound)?;
        let after = agreed(tx, &row).await?;
        let calendar = catalogue::calendar(tx).await?;
        let days = self.days(tx, after.as_ref()).await?;
        let open = cases::open_requests(tx, row.customer).await?;
        let mails = self.written(app, tx).await?;
        let facts = ActFacts {
            calendar: &calendar,
            number,
            customer: &row.customer_name,
            before: self.agreed.as_ref(),
            after: after.as_ref(),
            sequence: (self.row.sequence, row.sequence),
            promised: self.promised(&calendar, row.summary.urgency),
            estimate: (self.row.estimate.as_ref(), row.estimate.as_ref()),
            days: &days,
            open: &open,
            tells_customer,
            mails: &mails,
        };
        Ok(Consequences::of(&facts, now))
    }

    /// Until when a beginning is promised to a request that is `urgency`: the tier's target after it was sent or, of one that waits,
    /// after it began to.
    fn promised(&self, calendar: &BusinessCalendar, urgency: Urgency) -> Option<DateTime<Utc>> {
        let case = self.case.as_ref().filter(|_| urgency == Urgency::Urgent)?;
        let summary = &self.row.summary;
        match place(&case.facts, self.now) {
            Place::Lane(lane) if summary.state == RequestState::Waiting => {
                let since = waits_since(lane, &case.facts);
                Some(due(lane, case.facts.time.as_ref(), urgency, since, &case.tier, calendar))
            }
            _ => Some(calendar.add_working_minutes(summary.submitted_at, case.tier.urgent_target_minutes)),
        }
    }

    /// The days that the request leaves and comes to, each with what else is on it.
    async fn days(&self, tx: &mut Tx, after: Option<&Agreed>) -> Result<Vec<DayOf>, Problem> {
        let mut days: Vec<DayOf> = Vec::new();
        let mut read = Vec::new();
        for agreed in self.agreed.iter().chain(after) {
            let day = (agreed.technician.id, to_local(agreed.slot.start).date());
            if read.contains(&day) {
                continue;
            }
            read.push(day);
            let (from, to) = (midnight(day.1), midnight(day.1 + Days::new(1)));
            let taken = board::taken(tx, from, to, self.now).await?.remove(&day.0).unwrap_or_default();
            let own = Some(self.row.summary.number);
            let on_it = |agreed: Option<&Agreed>| {
                agreed
                    .filter(|agreed| (agreed.technician.id, to_local(agreed.slot.start).date()) == day)
                    .map(|agreed| agreed.slot)
            };
            days.push(DayOf {
                technician: agreed.technician.clone(),
                others: taken.into_iter().filter(|taken| taken.number != own).collect(),
                own_before: on_it(self.agreed.as_ref()),
                own_after: on_it(after),
            });
        }
        Ok(days)
    }

    /// What was written about the request since, as its readers will read it.
    async fn written(&self, app: &App, tx: &mut Tx) -> Result<Vec<MailPreview>, Problem> {
        let written = mails::about_since(tx, self.row.summary.number, self.latest_mail).await?;
        let said = written.into_iter().filter_map(WrittenMail::said);
        Ok(said.map(|(to, content, phone)| app.mail.preview(to, &content, &phone, self.now)).collect())
    }
}

/// An act of which a form has shown what it means, before it is done.
pub(in crate::server::service::work) struct Watched {
    before: Before,
    chosen: ChosenAct,
}

/// Reads how a request stands before an act, of which the form has shown what it means: nothing is done to a customer unseen.
///
/// # Errors
/// [`Problem::MovedOn`] to the page that shows it, when the form has not.
pub(in crate::server::service::work) async fn watch(
    tx: &mut Tx,
    row: &RequestRow,
    now: DateTime<Utc>,
    (chosen, seen): (ChosenAct, &Seen),
) -> Result<Watched, Problem> {
    if !has_shown(seen) {
        return Err(Problem::MovedOn(MovedOn::Meaning { number: row.summary.number, chosen }));
    }
    Ok(Watched { before: Before::read(tx, row, now).await?, chosen })
}

impl Watched {
    /// Lets the act be kept, which was done since, if it means what its form has shown.
    pub(in crate::server::service::work) async fn admit(
        &self,
        app: &App,
        tx: &mut Tx,
        seen: &Seen,
    ) -> Result<(), Problem> {
        let now = self.before.compare(app, tx, self.chosen.tells_customer()).await?.shown();
        Ok(seen.admit(&Fields::default().with(MEANS, now), &Fields::default())?)
    }
}

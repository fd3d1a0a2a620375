//! What offers are computed from, loaded for one request.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, midnight, to_local},
            ids::RequestId,
            terms::Urgency,
        },
        line::{catalogue::WorkType, settings::LineSettings, tiers::ResponseTier},
        ordering::offers::{OfferQuery, TechnicianPlan},
    },
    server::db::{
        DbError, Tx,
        line::{catalogue, plans},
        ordering::reserve,
    },
};

/// The line, the customer's tier and the technicians' plans at one moment.
pub struct Availability {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The rules in force.
    pub settings: LineSettings,
    /// The business calendar.
    pub calendar: BusinessCalendar,
    /// The customer's tier.
    pub tier: ResponseTier,
    released: Vec<NaiveDate>,
    technicians: Vec<TechnicianPlan>,
}

impl Availability {
    /// Loads it for `asking`, or for whoever comes, as far ahead as times are offered.
    pub async fn load(tx: &mut Tx, now: DateTime<Utc>, asking: impl Into<Option<RequestId>>) -> Result<Self, DbError> {
        let (settings, calendar) = catalogue::rules(tx, now).await?;
        let today = to_local(now).date();
        let tier = catalogue::tier_of_customer(tx, now).await?;
        let last_day = calendar.add_working_days(today, settings.normal_horizon_days.max(settings.urgent_horizon_days));
        let from = midnight(today);
        let to = midnight(last_day + Days::new(1));
        let technicians = plans::technicians(tx, from, to, now, asking.into()).await?;
        let released = reserve::released(tx, today, last_day).await?;
        Ok(Self { now, settings, calendar, tier, released, technicians })
    }

    /// The question which times can be offered for this work, of which we have missed none.
    pub fn query<'a>(&'a self, work_type: &'a WorkType, urgency: Urgency) -> OfferQuery<'a> {
        OfferQuery {
            now: self.now,
            urgency,
            missed_by_us: false,
            work: work_type.into(),
            tier: &self.tier,
            calendar: &self.calendar,
            settings: &self.settings,
            released: &self.released,
            technicians: &self.technicians,
        }
    }
}

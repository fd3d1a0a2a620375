//! Changes of how the line works, each from a day on (design, Settings).

use std::{collections::BTreeMap, fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::settings::LineSettings;
use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, FieldProblem},
    money::Money,
    text::{self, spelled_in_json},
};

coded_enum! {
    /// What of the line changes from a day on. The code is that of the column.
    pub enum LineSetting {
        /// When a working day begins.
        Opens = "opens",
        /// When a working day ends.
        Closes = "closes",
        /// Share of each day's capacity kept for urgent work.
        UrgentReservePercent = "urgent_reserve_percent",
        /// When that share is released on the day itself.
        ReserveReleasedAt = "reserve_released_at",
        /// The earliest urgent slot from now.
        UrgentFirstMinutes = "urgent_first_minutes",
        /// How far ahead normal requests are offered times.
        NormalHorizonDays = "normal_horizon_days",
        /// How far ahead urgent requests are offered times.
        UrgentHorizonDays = "urgent_horizon_days",
        /// How long a picked slot is held.
        HoldMinutes = "hold_minutes",
        /// Until when a normal appointment may be changed.
        CutoffNormalMinutes = "cutoff_normal_minutes",
        /// Until when an urgent appointment may be changed.
        CutoffUrgentMinutes = "cutoff_urgent_minutes",
        /// How often a request's time may be moved.
        MaxMoves = "max_moves",
        /// How long a member may object to a receipt.
        ContestDays = "contest_days",
        /// How long minutes can be drawn that returned after their grant had expired.
        ReturnedMinutesDays = "returned_minutes_days",
        /// How many minutes are credited for a time at which nobody of ours came.
        MissedCreditMinutes = "missed_credit_minutes",
        /// The least that is billed to a customer with a contract or an active bundle.
        MinimumWithContract = "minimum_with_contract",
        /// The least that is billed to a one-off payer.
        MinimumOneOff = "minimum_one_off",
        /// How many days there are to pay a proforma.
        ProformaDays = "proforma_days",
        /// How many days there are to pay an invoice.
        InvoiceDays = "invoice_days",
        /// Up to how much of a payment that is missing is written off.
        WriteOffLimit = "write_off_limit",
        /// The list price of a minute.
        ListRatePerMinute = "list_rate_per_minute",
    }
}

/// In what a setting is measured, and hence how it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A time of the day, local wall time.
    Clock,
    /// A length in minutes.
    Minutes,
    /// A number of days.
    Days,
    /// A share in per cent.
    Percent,
    /// A count: how many times.
    Times,
    /// Crowns without VAT.
    Crowns,
    /// Crowns including VAT.
    CrownsWithVat,
}

/// Which page a setting stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsPage {
    /// `/settings/line`: how the line works.
    Line,
    /// `/settings/prices`: what it costs.
    Prices,
}

impl LineSetting {
    /// In what it is measured.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Opens | Self::Closes | Self::ReserveReleasedAt => Unit::Clock,
            Self::UrgentReservePercent => Unit::Percent,
            Self::UrgentFirstMinutes
            | Self::HoldMinutes
            | Self::MissedCreditMinutes
            | Self::CutoffNormalMinutes
            | Self::CutoffUrgentMinutes
            | Self::MinimumWithContract
            | Self::MinimumOneOff => Unit::Minutes,
            Self::NormalHorizonDays
            | Self::UrgentHorizonDays
            | Self::ContestDays
            | Self::ReturnedMinutesDays
            | Self::ProformaDays
            | Self::InvoiceDays => Unit::Days,
            Self::MaxMoves => Unit::Times,
            Self::WriteOffLimit => Unit::CrownsWithVat,
            Self::ListRatePerMinute => Unit::Crowns,
        }
    }

    /// On which page it stands.
    #[must_use]
    pub const fn page(self) -> SettingsPage {
        match self {
            Self::ListRatePerMinute
            | Self::MinimumWithContract
            | Self::MinimumOneOff
            | Self::ProformaDays
            | Self::InvoiceDays
            | Self::WriteOffLimit => SettingsPage::Prices,
            _ => SettingsPage::Line,
        }
    }

    /// The least and the most that it may be, in its unit; times in minutes from midnight on, money in haléře.
    #[must_use]
    pub const fn bounds(self) -> (i64, i64) {
        match self {
            Self::Opens | Self::Closes | Self::ReserveReleasedAt => (0, 24 * 60 - 1),
            Self::UrgentReservePercent => (0, 100),
            Self::UrgentFirstMinutes => (0, 480),
            Self::NormalHorizonDays | Self::UrgentHorizonDays | Self::HoldMinutes => (1, 60),
            Self::CutoffNormalMinutes | Self::CutoffUrgentMinutes => (0, 2_400),
            Self::MaxMoves => (0, 20),
            Self::ContestDays | Self::ReturnedMinutesDays => (1, 366),
            Self::MinimumWithContract | Self::MinimumOneOff | Self::MissedCreditMinutes => (0, 240),
            Self::ProformaDays | Self::InvoiceDays => (1, 90),
            Self::WriteOffLimit => (0, 100_000),
            Self::ListRatePerMinute => (0, 1_000_000),
        }
    }

    /// What it is in the settings that hold, in the measure of [`bounds`](Self::bounds).
    #[must_use]
    pub fn of(self, settings: &LineSettings) -> i64 {
        let clock = |time: NaiveTime| i64::from(time.num_seconds_from_midnight() / 60);
        match self {
            Self::Opens => clock(settings.opens),
            Self::Closes => clock(settings.closes),
            Self::ReserveReleasedAt => clock(settings.reserve_released_at),
            Self::UrgentReservePercent => settings.urgent_reserve_percent.into(),
            Self::UrgentFirstMinutes => settings.urgent_first_minutes.into(),
            Self::NormalHorizonDays => settings.normal_horizon_days.into(),
            Self::UrgentHorizonDays => settings.urgent_horizon_days.into(),
            Self::HoldMinutes => settings.hold_minutes.into(),
            Self::CutoffNormalMinutes => settings.cutoff_normal_minutes.into(),
            Self::CutoffUrgentMinutes => settings.cutoff_urgent_minutes.into(),
            Self::MaxMoves => settings.max_moves.into(),
            Self::ContestDays => settings.contest_days.into(),
            Self::ReturnedMinutesDays => settings.returned_minutes_days.into(),
            Self::MissedCreditMinutes => settings.missed_credit_minutes.into(),
            Self::MinimumWithContract => settings.minimum_with_contract.into(),
            Self::MinimumOneOff => settings.minimum_one_off.into(),
            Self::ProformaDays => settings.proforma_days.into(),
            Self::InvoiceDays => settings.invoice_days.into(),
            Self::WriteOffLimit => settings.write_off_limit.haler(),
            Self::ListRatePerMinute => settings.list_rate_per_minute.haler(),
        }
    }

    /// The name of its field in the form.
    #[must_use]
    pub fn field(self) -> String {
        format!("values[{self}]")
    }

    fn parse(self, typed: &str) -> Result<i64, FieldCode> {
        let typed = text::one_line(typed);
        if typed.is_empty() {
            return Err(FieldCode::Missing);
        }
        let number = match self.unit() {
            Unit::Clock => clock(&typed),
            Unit::Crowns | Unit::CrownsWithVat => Money::parse_crowns(&typed).map(Money::haler),
            Unit::Minutes | Unit::Days | Unit::Percent | Unit::Times => typed.parse().ok(),
        };
        let (least, most) = self.bounds();
        match number {
            Some(number) if (least..=most).contains(&number) => Ok(number),
            Some(_) => Err(FieldCode::OutOfRange),
            None => Err(FieldCode::NotANumber),
        }
    }
}

/// A time of the day as browsers and people write it, `7:00`, in minutes from midnight on.
fn clock(typed: &str) -> Option<i64> {
    let time = NaiveTime::parse_from_str(&typed.replace('.', ":"), "%H:%M").ok()?;
    Some(i64::from(time.num_seconds_from_midnight() / 60))
}

/// Values of settings: those that a change brings, or those that were shown. It is written `hold_minutes=15;opens=480`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SettingValues(pub BTreeMap<LineSetting, i64>);

spelled_in_json!(SettingValues);

impl SettingValues {
    /// What the settings of a page are.
    #[must_use]
    pub fn shown(page: SettingsPage, settings: &LineSettings) -> Self {
        let of_page = LineSetting::ALL.iter().filter(|setting| setting.page() == page);
        Self(of_page.map(|setting| (*setting, setting.of(settings))).collect())
    }

    /// What was typed that differs from what was shown.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn typed(
        page: SettingsPage,
        typed: &BTreeMap<LineSetting, String>,
        shown: &Self,
    ) -> Result<Self, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let mut changed = BTreeMap::new();
        for (setting, typed) in typed.iter().filter(|(setting, _)| setting.page() == page) {
            match setting.parse(typed) {
                Ok(value) if shown.0.get(setting) != Some(&value) => {
                    changed.insert(*setting, value);
                }
                Ok(_) => {}
                Err(code) => wrong.push(FieldProblem::new(setting.field(), code)),
            }
        }
        if wrong.is_empty() { Ok(Self(changed)) } else { Err(wrong) }
    }

    /// What the line would be at its end of the day with these: it opens before it closes.
    ///
    /// # Errors
    /// [`FieldCode::OutOfRange`] of the closing time.
    pub fn check_day(&self, settings: &LineSettings) -> Result<(), FieldProblem> {
        let of = |setting: LineSetting| self.0.get(&setting).copied().unwrap_or_else(|| setting.of(settings));
        if of(LineSetting::Opens) < of(LineSetting::Closes) {
            Ok(())
        } else {
            Err(FieldProblem::new(LineSetting::Closes.field(), FieldCode::OutOfRange))
        }
    }

    /// A time of the day among them.
    #[must_use]
    pub fn clock(&self, setting: LineSetting) -> Option<NaiveTime> {
        let minutes = u32::try_from(*self.0.get(&setting)?).ok()?;
        NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0)
    }
}

impl fmt::Display for SettingValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (setting, value)) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ";" };
            write!(f, "{separator}{setting}={value}")?;
        }
        Ok(())
    }
}

impl FromStr for SettingValues {
    type Err = FieldCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let one = |part: &str| {
            let (setting, value) = part.split_once('=')?;
            let (setting, value) = (LineSetting::from_code(setting)?, value.parse::<i64>().ok()?);
            let (least, most) = setting.bounds();
            (least..=most).contains(&value).then_some((setting, value))
        };
        let parts = text.split(';').filter(|part| !part.is_empty());
        parts.map(one).collect::<Option<_>>().map(Self).ok_or(FieldCode::Unknown)
    }
}

/// Where a change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeState {
    /// It is still to come, and can be withdrawn.
    Coming,
    /// It holds, or has held until a later one.
    Made,
    /// It was withdrawn before its day.
    Withdrawn,
}

/// A change of the line that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptChange {
    /// Which change.
    pub id: Uuid,
    /// From when on.
    pub valid_from: DateTime<Utc>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// By whom; empty for the operator, whose command took it over.
    pub made_by: String,
    /// What it changed.
    pub values: SettingValues,
    /// Where it stands.
    pub state: ChangeState,
}

/// What `/settings/line` and `/settings/prices` show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineSettingsPage {
    /// Which of them.
    pub page: SettingsPage,
    /// What holds now.
    pub now: SettingValues,
    /// Today: a change holds from now on, or from the beginning of a later day.
    pub today: NaiveDate,
    /// Changes of what stands on this page, the latest first.
    pub changes: Vec<KeptChange>,
}

/// What a change would bring, before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePreview {
    /// The identity of the change to be, under which it is made once.
    pub id: Uuid,
    /// On which page its settings stand.
    pub page: SettingsPage,
    /// From which day on; today from now on.
    pub from: NaiveDate,
    /// Whether that day is today.
    pub at_once: bool,
    /// What it would bring.
    pub new: SettingValues,
    /// What would hold then without it.
    pub old: SettingValues,
    /// What is planned for later about the same settings, and takes its place then.
    pub later: Vec<KeptChange>,
    /// How many agreed appointments from that day on lie outside the hours that it would bring; they stay.
    pub outside: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::settings;

    fn typed(values: &[(LineSetting, &str)]) -> BTreeMap<LineSetting, String> {
        values.iter().map(|(setting, typed)| (*setting, (*typed).to_owned())).collect()
    }

    #[test]
    fn only_what_differs_from_what_was_shown_is_a_change() {
        use LineSetting::{HoldMinutes, ListRatePerMinute, Opens};
        let line = SettingValues::shown(SettingsPage::Line, &settings());
        let form = typed(&[(Opens, "07.00"), (HoldMinutes, " 15 "), (ListRatePerMinute, "28")]);
        let change = SettingValues::typed(SettingsPage::Line, &form, &line).unwrap();
        assert_eq!(change.to_string(), "hold_minutes=15", "the price stands on another page");
        let prices = SettingValues::shown(SettingsPage::Prices, &settings());
        let change =
            SettingValues::typed(SettingsPage::Prices, &typed(&[(ListRatePerMinute, "28,50")]), &prices).unwrap();
        assert_eq!(change.to_string(), "list_rate_per_minute=2850");
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        use LineSetting::{Closes, HoldMinutes, Opens, UrgentReservePercent};
        let shown = SettingValues::shown(SettingsPage::Line, &settings());
        let form = typed(&[(Opens, "sedm"), (Closes, ""), (UrgentReservePercent, "101"), (HoldMinutes, "0")]);
        let wrong = SettingValues::typed(SettingsPage::Line, &form, &shown).unwrap_err();
        let codes: Vec<_> = wrong.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [FieldCode::NotANumber, FieldCode::Missing, FieldCode::OutOfRange, FieldCode::OutOfRange]);
        assert_eq!(wrong[0].field, "values[opens]");
    }

    #[test]
    fn the_line_opens_before_it_closes() {
        let change = |text: &str| text.parse::<SettingValues>().unwrap();
        assert!(change("opens=900").check_day(&settings()).is_ok());
        assert!(change("opens=930").check_day(&settings()).is_err(), "it closes at 15:30");
        assert!(change("closes=960;opens=930").check_day(&settings()).is_ok());
    }

    #[test]
    fn values_are_read_as_they_are_written() {
        for page in [SettingsPage::Line, SettingsPage::Prices] {
            let values = SettingValues::shown(page, &settings());
            assert_eq!(values.to_string().parse(), Ok(values));
        }
        assert_eq!("".parse(), Ok(SettingValues::default()));
        for wrong in ["opens", "opens=x", "opens=1440", "vat=21", "hold_minutes=0"] {
            assert_eq!(wrong.parse::<SettingValues>(), Err(FieldCode::Unknown), "{wrong}");
        }
    }
}

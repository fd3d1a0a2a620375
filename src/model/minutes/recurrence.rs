//! How often minutes that are sold come again.

use crate::model::base::codes::coded_enum;

coded_enum! {
    /// Whether what is sold comes again.
    #[derive(Default)]
    pub enum Recurrence {
        /// It is bought once.
        #[default]
        Once = "once",
        /// Each month; what is not used expires with it.
        Month = "month",
        /// Each month; what is not used can be drawn in the next one, too.
        MonthRolls = "month_rolls",
        /// Each quarter.
        Quarter = "quarter",
        /// Each quarter; what is not used can be drawn in the next one, too.
        QuarterRolls = "quarter_rolls",
    }
}

impl Recurrence {
    /// After how many months; none when never.
    #[must_use]
    pub const fn every_months(self) -> Option<u32> {
        match self {
            Self::Once => None,
            Self::Month | Self::MonthRolls => Some(1),
            Self::Quarter | Self::QuarterRolls => Some(3),
        }
    }

    /// Whether what is not used can be drawn for one more period.
    #[must_use]
    pub const fn rolls(self) -> bool {
        matches!(self, Self::MonthRolls | Self::QuarterRolls)
    }

    /// How many months its minutes can be drawn.
    #[must_use]
    pub fn lasts_months(self) -> Option<u32> {
        let months = self.every_months()?;
        Some(if self.rolls() { 2 * months } else { months })
    }
}

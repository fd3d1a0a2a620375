//! Words of which each stands for one of a few things.

use super::Cell;
use crate::model::{
    line::{catalogue::SlotChoice, plans::ExceptionKind},
    minutes::{
        contracts::{Period, Rollover},
        recurrence::Recurrence,
    },
    ordering::imports::ImportFault,
    people::members::{Capability, ContactRole},
};

macro_rules! cells_of_codes {
    ($($name:ty, $about:literal, $example:literal;)+) => { $(
        impl Cell for $name {
            const ABOUT: &'static str = $about;
            const EXAMPLE: &'static str = $example;

            fn read(text: &str) -> Result<Self, ImportFault> {
                Self::from_code(text.trim().to_lowercase().as_str()).ok_or(ImportFault::UnknownWord)
            }

            fn write(&self) -> String {
                self.code().to_owned()
            }
        }
    )+ };
}

cells_of_codes! {
    Period, "`month`, `quarter` or `year`", "quarter";
    Rollover, "`none`, or `one_period`: what is left can be drawn for one more period", "none";
    ExceptionKind, "`off`: absent, or `extra`: at work on top of the week", "off";
    SlotChoice, "`customer` picks the time, or `dispatch`", "customer";
    ContactRole, "`orders`, `consents`, `documents`, with commas between them", "orders";
    Capability, "`order`, `see_all`, `buy`, `see_billing`, `manage`, with commas between them", "order, buy";
}

impl Cell for Recurrence {
    const ABOUT: &'static str = "`month`, `month_rolls`, `quarter` or `quarter_rolls`; empty is `once`";
    const EXAMPLE: &'static str = "once";
    const IS_NEEDED: bool = false;

    fn read(text: &str) -> Result<Self, ImportFault> {
        match text.trim().to_lowercase().as_str() {
            "" => Ok(Self::Once),
            code => Self::from_code(code).ok_or(ImportFault::UnknownWord),
        }
    }

    fn write(&self) -> String {
        self.code().to_owned()
    }
}

//! What each row is known by, what it refers to, and what may be wrong with it beyond its cells.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    Appointment, Balance, Contact, Contract, Customer, Licence, Person, Program, Reference, Rules, Skill, Technician,
    WorkType, code_fault, refer,
};
use crate::model::{
    base::{fields::keep_ico, money::Money},
    minutes::contracts::FeeDay,
    ordering::imports::{
        ImportFault, ImportKind,
        cells::{Cell, PostalCode},
    },
    people::{
        customers::HOME_COUNTRY,
        erasure::{LARGEST_TAKEN_OVER, erased_number, passes_for_erased},
    },
};

impl Rules for Skill {
    fn key(&self) -> String {
        self.key.0.clone()
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        code_fault(&self.key)
    }
}

impl Rules for Program {
    fn key(&self) -> String {
        self.key.0.clone()
    }
}

impl Rules for WorkType {
    fn key(&self) -> String {
        self.key.0.clone()
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("skill", ImportKind::Skills, &self.skill)]
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        if self.minutes_to.0 < self.minutes_from.0 {
            return Some(("minutes_to", ImportFault::EndsBeforeItBegins));
        }
        (!self.slot_minutes.0.is_multiple_of(15)).then_some(("slot_minutes", ImportFault::OutOfRange))
    }
}

impl Rules for Technician {
    fn key(&self) -> String {
        self.key.0.clone()
    }

    fn references(&self) -> Vec<Reference<'_>> {
        self.skills.0.iter().map(|skill| refer("skills", ImportKind::Skills, skill)).collect()
    }
}

impl Rules for Customer {
    fn key(&self) -> String {
        self.key.0.clone()
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        if self.country.0 != HOME_COUNTRY {
            return None;
        }
        let is_printed = |code: &PostalCode| code.0.len() == 6 && code.0.as_bytes().get(3) == Some(&b' ');
        if self.dic.as_ref().is_some_and(|dic| !dic.0.starts_with("CZ")) {
            Some(("dic", ImportFault::NotADic))
        } else {
            (!self.postal_code.as_ref().is_none_or(is_printed)).then_some(("postal_code", ImportFault::NotAPostalCode))
        }
    }

    fn fault_on(&self, _today: NaiveDate, known: Option<&Self>) -> Option<(&'static str, ImportFault)> {
        // One that stands already is not asked about again.
        let ico = self.ico.as_ref().filter(|ico| known.is_none_or(|known| known.ico.as_ref() != Some(*ico)))?;
        keep_ico(&ico.0).is_err().then_some(("ico", ImportFault::NotAnIco))
    }
}

impl Rules for Person {
    fn key(&self) -> String {
        self.key.0.clone()
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("customer", ImportKind::Customers, &self.customer)]
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        // As an export writes who was erased; whatever else looks like it is nobody's name.
        let is_name = match erased_number(&self.name.0) {
            Some(number) => number <= LARGEST_TAKEN_OVER,
            None => !passes_for_erased(&self.name.0),
        };
        (!is_name).then_some(("name", ImportFault::OutOfRange))
    }

    fn fault_on(&self, _today: NaiveDate, known: Option<&Self>) -> Option<(&'static str, ImportFault)> {
        // Nobody is erased by a table.
        let was_named = known.is_some_and(|known| erased_number(&known.name.0).is_none());
        (was_named && erased_number(&self.name.0).is_some()).then_some(("name", ImportFault::CannotChange))
    }
}

impl Rules for Contact {
    fn key(&self) -> String {
        let value = self.phone.as_ref().map(|phone| &phone.0).or(self.email.as_ref().map(|email| &email.0));
        format!("{}\n{}", self.customer.0, value.map_or("", String::as_str))
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("customer", ImportKind::Customers, &self.customer)]
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        // One of the two.
        (self.phone.is_some() == self.email.is_some()).then_some(("phone", ImportFault::NeedsAnother))
    }
}

impl Rules for Licence {
    fn key(&self) -> String {
        // Neither holds a line feed.
        format!("{}\n{}", self.customer.0, self.program.0)
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![
            refer("customer", ImportKind::Customers, &self.customer),
            refer("program", ImportKind::Programs, &self.program),
        ]
    }
}

impl Rules for Contract {
    fn key(&self) -> String {
        // The key holds no line feed.
        format!("{}\n{}", self.key.0, self.since.write())
    }

    fn inherit(&mut self, known: &Self) {
        if self.since.is_some() {
            self.customer = known.customer.clone();
            self.number = known.number.clone();
            (self.from, self.until) = (known.from, known.until);
        }
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("customer", ImportKind::Customers, &self.customer)]
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        // What costs nothing is no fee.
        if self.fee.is_some_and(|fee| fee.0 == Money::ZERO) {
            return Some(("fee", ImportFault::OutOfRange));
        }
        if self.fee.is_some() != self.fee_period.is_some() {
            return Some(("fee_period", ImportFault::NeedsAnother));
        }
        if self.fee.is_none() && self.fee_day != FeeDay::default() {
            return Some(("fee_day", ImportFault::NeedsAnother));
        }
        if self.since.is_some_and(|since| since < self.from) {
            return Some(("since", ImportFault::OutOfRange));
        }
        let ends_before = self.until.is_some_and(|until| until < self.from);
        ends_before.then_some(("until", ImportFault::EndsBeforeItBegins))
    }
}

impl Rules for Balance {
    fn key(&self) -> String {
        self.key.0.clone()
    }

    fn references(&self) -> Vec<Reference<'_>> {
        let mut references = vec![refer("customer", ImportKind::Customers, &self.customer)];
        references.extend(self.contract.iter().map(|contract| refer("contract", ImportKind::Contracts, contract)));
        references
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        if self.minutes.0 == 0 && self.contract.is_none() {
            return Some(("minutes", ImportFault::OutOfRange));
        }
        match (self.until, self.covers_until) {
            (Some(until), _) if until < self.from => Some(("until", ImportFault::EndsBeforeItBegins)),
            (None, _) if self.contract.is_some() => Some(("until", ImportFault::NeedsAnother)),
            (_, Some(_)) if self.contract.is_none() => Some(("covers_until", ImportFault::NeedsAnother)),
            (_, Some(covers)) if covers < self.from => Some(("covers_until", ImportFault::EndsBeforeItBegins)),
            _ => None,
        }
    }
}

impl Rules for Appointment {
    fn key(&self) -> String {
        self.key.0.clone()
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![
            refer("person", ImportKind::People, &self.person),
            refer("program", ImportKind::Programs, &self.program),
            refer("work_type", ImportKind::WorkTypes, &self.work_type),
            refer("technician", ImportKind::Technicians, &self.technician),
        ]
    }

    fn begins(&self) -> Option<NaiveDateTime> {
        Some(self.start.0)
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        use chrono::Timelike;
        if !self.start.0.minute().is_multiple_of(15) || self.start.0.second() != 0 {
            return Some(("start", ImportFault::OutOfRange));
        }
        (!self.minutes.0.is_multiple_of(15)).then_some(("minutes", ImportFault::OutOfRange))
    }
}

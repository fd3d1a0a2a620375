//! The rows of the tables.

mod rules;

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    ImportFault, ImportKind,
    cells::{
        Cell, Country, Crowns, Dic, EmailAddress, Flag, Ico, Key, Line, ListOf, Moment, PhoneNumber, PostalCode, Text,
        Whole,
    },
    columns::{Column, Header},
};
use crate::model::{
    base::numbers::RequestNumber,
    line::catalogue::SlotChoice,
    minutes::contracts::{FeeDay, Period, Rollover},
    people::members::{Capability, ContactRole},
};

/// That something stands in another table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// In which column it is named.
    pub column: &'static str,
    /// In which table it stands.
    pub kind: ImportKind,
    /// By which key.
    pub key: Cow<'a, str>,
}

/// The days on which a row holds, and no other row of the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'a> {
    /// Of what.
    pub of: &'a str,
    /// The first day; none where it always held.
    pub from: Option<NaiveDate>,
    /// The last one; none for ever.
    pub until: Option<NaiveDate>,
}

impl Term<'_> {
    /// Whether both hold on one day, of whatever they are.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_by_the_end =
            |one: &Self, other: &Self| !matches!((one.from, other.until), (Some(from), Some(until)) if until < from);
        begins_by_the_end(self, other) && begins_by_the_end(other, self)
    }
}

/// A row of a table.
pub trait Row: Rules + Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Of which.
    const KIND: ImportKind;
    /// What such a table is for, as the documentation says it.
    const ABOUT: &'static str;
    /// Its columns.
    const COLUMNS: &'static [Column];

    /// Reads a line.
    ///
    /// # Errors
    /// All that is wrong with it, by the column's name.
    fn read(header: &Header, cells: &[String]) -> Result<Self, Vec<(&'static str, ImportFault)>>;

    /// The line that reads as this row, in the order of [`Row::COLUMNS`].
    fn write(&self) -> Vec<String>;
}

/// What holds of a row beyond what each of its cells says.
pub trait Rules {
    /// By what it is known.
    fn key(&self) -> String;

    /// What it names of other tables.
    fn references(&self) -> Vec<Reference<'_>> {
        Vec::new()
    }

    /// On which days it holds, where no other line of the same thing may.
    fn holds_alone(&self) -> Option<Term<'_>> {
        None
    }

    /// The file beside the table that it names.
    fn file(&self) -> Option<&str> {
        None
    }

    /// Takes over which file that is, by its SHA-256 in hexadecimal digits.
    ///
    /// # Errors
    /// When the row says that it is another one.
    fn take_file(&mut self, _sha256: &str) -> Result<(), (&'static str, ImportFault)> {
        Ok(())
    }

    /// Takes from what is known what the row says beside what it is about.
    fn inherit(&mut self, _known: &Self) {}

    /// When it begins, in Prague, where that must be to come.
    fn begins(&self) -> Option<NaiveDateTime> {
        None
    }

    /// What is wrong although each cell by itself is right.
    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        None
    }

    /// From which day on it holds, where of the days that have come only the latest counts.
    fn holds_from(&self) -> Option<NaiveDate> {
        None
    }

    /// What is wrong of a row that is not known, or known with something else in it, on a day.
    fn fault_on(&self, _today: NaiveDate, _known: Option<&Self>) -> Option<(&'static str, ImportFault)>
    where
        Self: Sized,
    {
        None
    }
}

/// What is wrong with a key that stands in the code: small letters and underscores.
pub(super) fn code_fault(key: &Key) -> Option<(&'static str, ImportFault)> {
    let is_code = key.0.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    (!is_code).then_some(("key", ImportFault::UnknownWord))
}

macro_rules! rows {
    ($(
        #[doc = $doc:literal]
        pub struct $name:ident: $kind:ident, $about:literal {
            $( #[doc = $field_doc:literal] $field:ident: $type:ty = $czech:literal, )+
        }
    )+) => { $(
        #[doc = $doc]
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub struct $name {
            $( #[doc = $field_doc] pub $field: $type, )+
        }

        impl Row for $name {
            const KIND: ImportKind = ImportKind::$kind;
            const ABOUT: &'static str = $about;
            const COLUMNS: &'static [Column] = &[ $( Column {
                name: stringify!($field),
                czech: $czech,
                holds: <$type as Cell>::ABOUT,
                example: <$type as Cell>::EXAMPLE,
                is_needed: <$type as Cell>::IS_NEEDED,
                about: $field_doc,
            } ),+ ];

            fn read(header: &Header, cells: &[String]) -> Result<Self, Vec<(&'static str, ImportFault)>> {
                let mut faults = Vec::new();
                $( let $field = read_cell::<$type>(header.cell(cells, stringify!($field)))
                    .map_err(|fault| faults.push((stringify!($field), fault))).ok(); )+
                match ($( $field, )+) {
                    ($( Some($field), )+) if faults.is_empty() => {
                        let row = Self { $( $field ),+ };
                        match row.fault() {
                            None => Ok(row),
                            Some(fault) => Err(vec![fault]),
                        }
                    }
                    _ => Err(faults),
                }
            }

            fn write(&self) -> Vec<String> {
                vec![ $( self.$field.write() ),+ ]
            }
        }
    )+ };
}

pub(super) fn read_cell<T: Cell>(text: &str) -> Result<T, ImportFault> {
    if T::IS_NEEDED && text.is_empty() { Err(ImportFault::Missing) } else { T::read(text) }
}

pub(super) use rows;

rows! {
    /// Something that technicians know.
    pub struct Skill: Skills, "What technicians know and work needs." {
        /// Its code, small letters and underscores.
        key: Key = "klic",
        /// What it is called.
        name: Line<100> = "nazev",
        /// The same in English.
        name_en: Option<Line<100>> = "nazev_anglicky",
    }

    /// A program of the vendor.
    pub struct Program: Programs, "What the vendor sells. One that is there already by its name is taken for the same." {
        /// By what it is known.
        key: Key = "klic",
        /// What customers know it as.
        name: Line<100> = "nazev",
        /// The same in English.
        name_en: Option<Line<100>> = "nazev_anglicky",
        /// Whether it is offered.
        active: Flag<true> = "aktivni",
    }

    /// A kind of work.
    pub struct WorkType: WorkTypes, "What can be ordered. One that is there already by its name is taken for the same. What a table says otherwise than \
        before holds from the moment on at which it is taken over, and stands in the history of the kind of work." {
        /// By what it is known.
        key: Key = "klic",
        /// What customers know it as.
        name: Line<100> = "nazev",
        /// The same in English.
        name_en: Option<Line<100>> = "nazev_anglicky",
        /// One or two sentences that help to choose it.
        description: Text<300> = "popis",
        /// The same in English.
        description_en: Text<300> = "popis_anglicky",
        /// How many minutes it takes at least, usually.
        minutes_from: Whole<1, 1440> = "minut_od",
        /// How many at most, usually.
        minutes_to: Whole<1, 1440> = "minut_do",
        /// How much of a technician's day is kept for it, in quarters of an hour.
        slot_minutes: Whole<15, 480> = "minut_v_planu",
        /// Whether everybody sees it coming: it is never urgent then.
        plannable: Flag<false> = "planovatelna",
        /// The key of the skill that it needs.
        skill: Key = "dovednost",
        /// Who names the time.
        choice: SlotChoice = "termin_voli",
        /// Whether it can be ordered.
        active: Flag<true> = "aktivni",
    }

    /// A technician.
    pub struct Technician: Technicians, "Who does the work; a new one has the hours of the line as working plan, and is invited by a manager. One who \
        signs in with the same address is taken for the same." {
        /// By what the person is known.
        key: Key = "klic",
        /// The name.
        name: Line<100> = "jmeno",
        /// With what the person signs in.
        email: Option<EmailAddress> = "email",
        /// The keys of the skills, with commas between them.
        skills: ListOf<Key> = "dovednosti",
        /// Whether the person works here.
        active: Flag<true> = "aktivni",
        /// From which day on the person does not work here any more.
        leaves_on: Option<NaiveDate> = "odchazi",
    }

    /// A customer.
    pub struct Customer: Customers, "Organisations. One that is there already by its IČO is taken for the same." {
        /// By what it is known.
        key: Key = "klic",
        /// The name as documents have it.
        name: Line<200> = "nazev",
        /// Of the organisation.
        ico: Option<Ico> = "ico",
        /// Where its seat is.
        country: Country = "zeme",
        /// Of those who pay VAT.
        dic: Option<Dic> = "dic",
        /// Street and number.
        street: Option<Line<100>> = "ulice",
        /// The town.
        city: Option<Line<100>> = "obec",
        /// Of the address.
        postal_code: Option<PostalCode> = "psc",
        /// Whether minutes paid by transfer are credited at once, against an invoice.
        trusted: Flag<false> = "na_fakturu",
        /// The region of the line that is its own, by name; empty for that of the postal code.
        region: Option<Line<100>> = "oblast",
        /// What the vendor's people see wherever they meet the customer.
        note: Text<2000> = "poznamka",
    }

    /// A person of a customer.
    pub struct Person: People, "People of customers. Who has an address may be let in at the customer's page. Who is called `#` and a number was erased where the table comes from, and comes erased." {
        /// By what the person is known.
        key: Key = "klic",
        /// The key of the customer.
        customer: Key = "zakaznik",
        /// The name.
        name: Line<100> = "jmeno",
        /// Where the person is called.
        phone: Option<PhoneNumber> = "telefon",
        /// Where the person is written to; who signs in does so with it.
        email: Option<EmailAddress> = "email",
        /// What the person may do in the portal.
        capabilities: ListOf<Capability> = "opravneni",
        /// What the person is asked or told by telephone or mail.
        contact_roles: ListOf<ContactRole> = "role",
        /// Whether the person is there still.
        active: Flag<true> = "aktivni",
    }

    /// A telephone or an address of a customer.
    pub struct Contact: Contacts, "Where customers are reached, apart from their people: a line for each telephone or address." {
        /// The key of the customer.
        customer: Key = "zakaznik",
        /// The telephone, if it is one.
        phone: Option<PhoneNumber> = "telefon",
        /// The address, if it is one.
        email: Option<EmailAddress> = "email",
        /// Whose it is.
        label: Text<60> = "popis",
    }

    /// That a customer runs a program.
    pub struct Licence: Licences, "Which customer runs which program." {
        /// The key of the customer.
        customer: Key = "zakaznik",
        /// The key of the program.
        program: Key = "program",
        /// The number of the licence.
        number: Text<100> = "cislo",
        /// Which version of the program runs there.
        version: Option<Line<60>> = "verze",
    }

    /// A contract.
    pub struct Contract: Contracts, "By which terms customers get minutes. One that is there already by its number is taken for the same. Another line of \
        the same key says what it says from a later day on." {
        /// By what it is known.
        key: Key = "klic",
        /// The key of the customer.
        customer: Key = "zakaznik",
        /// Its number.
        number: Line<40> = "cislo",
        /// The response tier: `basic`, `standard`, `fast` or `express`, as seeded.
        tier: Key = "rychlost",
        /// The first day.
        from: NaiveDate = "od",
        /// The last day; empty for an indefinite time.
        until: Option<NaiveDate> = "do",
        /// How many minutes are credited in each period.
        minutes_per_period: Whole<0, 100_000> = "minut_za_obdobi",
        /// How long that is.
        period: Period = "obdobi",
        /// What becomes of what is left.
        rollover: Rollover = "prevod",
        /// A minute beyond the credited ones.
        rate: Crowns = "sazba",
        /// The same of urgent work.
        urgent_rate: Crowns = "sazba_urgentni",
        /// How many minutes an intervention costs at least.
        minimum: Whole<0, 240> = "minimum",
        /// Beyond how many minutes the customer is asked; empty for never.
        ceiling: Option<Whole<1, 480>> = "strop",
        /// What is paid for the contract itself, each period of its own.
        fee: Option<Crowns> = "poplatek",
        /// That period.
        fee_period: Option<Period> = "obdobi_poplatku",
        /// On which day of the month in which the period begins it is invoiced.
        fee_day: FeeDay = "den_fakturace",
        /// From which day on the terms of this line hold; empty for those of the first day, whose line says customer, number and days.
        since: Option<NaiveDate> = "dodatek_od",
    }

    /// Minutes that are left to a customer.
    pub struct Balance: Balances, "What is left to customers of their minutes. It is taken over once and never changed. Where the period of a contract was credited \
        already, what was used of it elsewhere is taken away, as long as nothing was used here." {
        /// By what it is known.
        key: Key = "klic",
        /// The key of the customer.
        customer: Key = "zakaznik",
        /// The key of the contract, whose period between the two days is credited by this; empty for other minutes.
        contract: Option<Key> = "smlouva",
        /// How many minutes are left; 0 says that a period of a contract is used up.
        minutes: Whole<0, 100_000> = "minut",
        /// The first day on which they can be drawn.
        from: NaiveDate = "od",
        /// The last one; empty for ever, which a contract's are not.
        until: Option<NaiveDate> = "do",
        /// The last day of the contract's period, where its minutes can be drawn longer.
        covers_until: Option<NaiveDate> = "obdobi_do",
        /// What customers read beside it.
        reason: Line<200> = "duvod",
    }

    /// Agreed work.
    pub struct Appointment: Appointments, "What is agreed with customers and has not begun. It is agreed once; then it is moved in the portal." {
        /// By what it is known.
        key: Key = "klic",
        /// The key of the person who ordered it.
        person: Key = "osoba",
        /// The key of the program.
        program: Key = "program",
        /// The key of the kind of work.
        work_type: Key = "druh_prace",
        /// The key of the technician.
        technician: Key = "technik",
        /// When it begins.
        start: Moment = "zacatek",
        /// How many minutes it takes, in quarters of an hour.
        minutes: Whole<15, 480> = "minut",
        /// What happened, or what is to be done.
        what: Text<4000> = "popis",
        /// The number of its request, where that has one by which people call it; empty for the next one.
        number: Option<RequestNumber> = "cislo",
    }
}

pub(super) fn refer<'a>(column: &'static str, kind: ImportKind, key: &'a Key) -> Reference<'a> {
    Reference { column, kind, key: Cow::Borrowed(&key.0) }
}

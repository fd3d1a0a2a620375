//! Which row stands in which kind of table.

#[cfg(test)]
use super::{ImportFault, columns::Header};
use super::{
    ImportKind,
    columns::Column,
    keeping::{ComputerProgram, CustomerComputer, CustomerStanding, ProgramVersion, SignedFile},
    line::{Region, Tier},
    opening::{OpenInvoice, Price, Series, SoldBundle},
    planning::{Absence, ClosedDay, PlanWeek},
    rows::{
        Appointment, Balance, Contact, Contract, Customer, Licence, Person, Program, Row, Skill, Technician, WorkType,
    },
};

macro_rules! tables {
    ($($kind:ident => $row:ty;)+) => {
        impl ImportKind {
            /// The columns of its table.
            #[must_use]
            pub const fn columns(self) -> &'static [Column] {
                match self {
                    $( Self::$kind => <$row>::COLUMNS, )+
                }
            }

            /// What its table is for, as the documentation says it.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self {
                    $( Self::$kind => <$row>::ABOUT, )+
                }
            }

            /// What is wrong with a line of its table, by the column's name.
            #[cfg(test)]
            pub(super) fn faults(self, names: &[String], cells: &[String]) -> Vec<(&'static str, ImportFault)> {
                match self {
                    $( Self::$kind => <$row>::read(&Header::of(<$row>::COLUMNS, names).0, cells).err(), )+
                }
                .unwrap_or_default()
            }
        }
    };
}

tables! {
    Regions => Region;
    Tiers => Tier;
    Skills => Skill;
    Programs => Program;
    ProgramVersions => ProgramVersion;
    WorkTypes => WorkType;
    Technicians => Technician;
    Plans => PlanWeek;
    Series => Series;
    Prices => Price;
    Bundles => SoldBundle;
    Customers => Customer;
    People => Person;
    Contacts => Contact;
    Licences => Licence;
    Computers => CustomerComputer;
    ComputerPrograms => ComputerProgram;
    Contracts => Contract;
    ContractFiles => SignedFile;
    Balances => Balance;
    Invoices => OpenInvoice;
    Appointments => Appointment;
    Absences => Absence;
    Closures => ClosedDay;
    Standings => CustomerStanding;
}

impl ImportKind {
    /// Something that can stand in a column of its table: what of the cell's own example would say nothing there, or another thing.
    #[must_use]
    pub fn example(self, column: &Column) -> &'static str {
        let own: &[(&str, &str)] = match self {
            Self::Regions => &[("name", "Západní Čechy"), ("phone", "377 123 456")],
            Self::Tiers => &[
                ("key", "fast"),
                ("name", "Rychlá"),
                ("name_en", "Fast"),
                ("urgent_target", "120"),
                ("normal_lead", "480"),
            ],
            Self::Skills => &[("key", "network"), ("name", "Počítačové sítě"), ("name_en", "Networks")],
            Self::Programs => &[("name", "Docházka"), ("name_en", "Attendance")],
            Self::ProgramVersions => &[("name", "2026.1")],
            Self::WorkTypes => &[
                ("key", "oprava"),
                ("name", "Oprava programu"),
                ("name_en", "Program repair"),
                ("description", "Program nejde spustit nebo hlásí chybu."),
                ("description_en", "A program does not start or reports an error."),
                ("minutes_from", "20"),
                ("minutes_to", "45"),
                ("skill", "network"),
            ],
            Self::Technicians => &[
                ("key", "T01"),
                ("name", "Petr Novák"),
                ("email", "petr.novak@firma.cz"),
                ("skills", "network, printers"),
            ],
            Self::Series => &[("year", "2026"), ("next", "132")],
            Self::Prices => &[("minimum_with_contract", "15"), ("minimum_one_off", "30")],
            Self::Bundles => &[("key", "B600"), ("minutes", "600"), ("price", "12000"), ("validity_months", "24")],
            Self::Customers => {
                &[("key", "Z001"), ("street", "Dlouhá 12"), ("city", "Klatovy"), ("region", "Západní Čechy")]
            }
            Self::People => &[("key", "O001"), ("name", "Jana Malá")],
            Self::Contacts => &[("label", "jídelna")],
            Self::Licences => &[("number", "L-2026-17"), ("version", "2026.1")],
            Self::Computers => &[("name", "Účtárna")],
            Self::Contracts => &[
                ("key", "S001"),
                ("number", "2026/17"),
                ("tier", "fast"),
                ("minutes_per_period", "300"),
                ("urgent_rate", "38"),
                ("minimum", "15"),
                ("fee", "1500"),
            ],
            Self::ContractFiles => &[("file", "smlouvy/2026-17.pdf"), ("name", "Smlouva 2026/17")],
            Self::Balances => &[("key", "M001"), ("minutes", "180"), ("reason", "Zůstatek z dřívějška")],
            Self::Invoices => &[("number", "2026-0131")],
            Self::Appointments => &[("key", "A001"), ("what", "Program hlásí chybu při uzávěrce.")],
            Self::Absences => &[("end", "30. 11. 2026 0:00"), ("note", "Dovolená")],
            Self::Closures => &[("reason", "Celozávodní dovolená")],
            Self::Standings => &[("reason", "Neuhrazené faktury")],
            Self::Plans | Self::ComputerPrograms => &[],
        };
        let find = |examples: &[(&str, &'static str)]| {
            examples.iter().find(|(name, _)| *name == column.name).map(|(_, example)| *example)
        };
        find(own).or_else(|| find(EVERYWHERE)).unwrap_or(column.example)
    }
}

/// Examples of columns that mean the same in every table.
const EVERYWHERE: &[(&str, &str)] = &[
    ("contract", "S001"),
    ("covers_until", "31. 12. 2026"),
    ("customer", "Z001"),
    ("key", "P01"),
    ("person", "O001"),
    ("program", "P01"),
    ("technician", "T01"),
    ("until", "31. 12. 2027"),
    ("work_type", "oprava"),
];

//! Which row stands in which kind of table.

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

//! The demo's people: customers with their members, and the vendor's staff.

use crate::model::{minutes::contracts::Rollover, people::members::StaffRole};

/// Základní škola Lipová, with the richest history: the place in [`CUSTOMERS`].
pub(super) const SCHOOL: usize = 0;
/// Městský úřad Dolany, which has no contract.
pub(super) const OFFICE: usize = 1;
/// ZŠ a MŠ Horní, which has a bundle.
pub(super) const CANTEEN: usize = 2;

pub(super) struct DemoCustomer {
    pub name: &'static str,
    pub ico: &'static str,
    pub street: &'static str,
    pub city: &'static str,
    pub postal_code: &'static str,
    /// Empty for those who pay no VAT.
    pub dic: &'static str,
    pub programs: &'static [&'static str],
}

pub(super) const CUSTOMERS: &[DemoCustomer] = &[
    DemoCustomer {
        name: "Základní škola Lipová",
        ico: "70874121",
        street: "Lipová 184/7",
        city: "Dolany",
        postal_code: "339 01",
        dic: "CZ70874121",
        programs: &["Sklad", "Stravné", "Jídelníček"],
    },
    DemoCustomer {
        name: "Městský úřad Dolany",
        ico: "00254801",
        street: "Náměstí Míru 1",
        city: "Dolany",
        postal_code: "339 01",
        dic: "CZ00254801",
        programs: &["Účetnictví", "Majetek", "Fakturace"],
    },
    DemoCustomer {
        name: "ZŠ a MŠ Horní",
        ico: "75016231",
        street: "Školní 52",
        city: "Horní Bříza",
        postal_code: "330 12",
        dic: "",
        programs: &["Sklad", "Stravné"],
    },
    DemoCustomer {
        name: "Gymnázium Nad Řekou",
        ico: "60611201",
        street: "Nábřežní 9",
        city: "Klatovy",
        postal_code: "339 01",
        dic: "CZ60611201",
        programs: &["Stravné", "Účetnictví"],
    },
    DemoCustomer {
        name: "Domov seniorů Javor",
        ico: "71234560",
        street: "Javorová 610",
        city: "Rokycany",
        postal_code: "337 01",
        dic: "",
        programs: &["Sklad", "Jídelníček"],
    },
    DemoCustomer {
        name: "Obec Lhota pod Kopcem",
        ico: "00267811",
        street: "Lhota pod Kopcem 14",
        city: "Lhota pod Kopcem",
        postal_code: "334 52",
        dic: "",
        programs: &["Účetnictví", "Majetek"],
    },
    DemoCustomer {
        name: "Mateřská škola Sluníčko",
        ico: "75000431",
        street: "Slunečná 3",
        city: "Stod",
        postal_code: "333 01",
        dic: "",
        programs: &["Stravné"],
    },
    DemoCustomer {
        name: "Školní jídelna U Parku",
        ico: "66363321",
        street: "Parková 25",
        city: "Domažlice",
        postal_code: "344 01",
        dic: "",
        programs: &["Sklad", "Stravné", "Jídelníček"],
    },
    DemoCustomer {
        name: "Nemocnice Podlesí",
        ico: "27660915",
        street: "Nemocniční 88",
        city: "Sušice",
        postal_code: "342 01",
        dic: "CZ27660915",
        programs: &["Sklad", "Majetek", "Účetnictví"],
    },
    DemoCustomer {
        name: "Střední průmyslová škola Kovárna",
        ico: "00601101",
        street: "U Kovárny 4",
        city: "Tachov",
        postal_code: "347 01",
        dic: "CZ00601101",
        programs: &["Stravné", "Majetek"],
    },
];

pub(super) struct DemoMember {
    pub customer: usize,
    pub name: &'static str,
    pub phone: &'static str,
    pub capabilities: &'static [&'static str],
    /// With a sign-in, or only as somebody who orders.
    pub email: Option<&'static str>,
    pub note: &'static str,
}

pub(super) const MEMBERS: &[DemoMember] = &[
    DemoMember {
        customer: SCHOOL,
        name: "Jana Nováková",
        phone: "+420601234501",
        capabilities: &["order", "see_all", "buy", "see_billing", "manage"],
        email: Some("vedouci@skola-lipova.example"),
        note: "Rychlost Rychlá, smlouva 300 min za čtvrtletí, smí vše",
    },
    DemoMember {
        customer: SCHOOL,
        name: "Petr Dvořák",
        phone: "+420601234502",
        capabilities: &["order"],
        email: Some("kuchyne@skola-lipova.example"),
        note: "tatáž škola, smí jen objednávat",
    },
    DemoMember {
        customer: SCHOOL,
        name: "Marie Svobodová",
        phone: "+420601234503",
        capabilities: &["see_billing"],
        email: Some("ucetni@skola-lipova.example"),
        note: "tatáž škola, nesmí objednávat",
    },
    DemoMember {
        customer: SCHOOL,
        name: "Milena Němcová",
        phone: "+420601234513",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: OFFICE,
        name: "Karel Procházka",
        phone: "+420601234504",
        capabilities: &["order", "see_all", "buy", "see_billing", "manage"],
        email: Some("info@urad-dolany.example"),
        note: "bez smlouvy",
    },
    DemoMember {
        customer: CANTEEN,
        name: "Eva Horáková",
        phone: "+420601234505",
        capabilities: &["order", "see_all", "buy", "see_billing", "manage"],
        email: Some("jidelna@zs-horni.example"),
        note: "bez smlouvy, balíček 120 min",
    },
    DemoMember {
        customer: 3,
        name: "Tomáš Marek",
        phone: "+420601234506",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 4,
        name: "Lenka Kučerová",
        phone: "+420601234507",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 5,
        name: "Josef Beneš",
        phone: "+420601234508",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 6,
        name: "Alena Fialová",
        phone: "+420601234509",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 7,
        name: "Hana Veselá",
        phone: "+420601234510",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 8,
        name: "Martin Král",
        phone: "+420601234511",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 9,
        name: "Jiří Pokorný",
        phone: "+420601234512",
        capabilities: &["order"],
        email: None,
        note: "",
    },
];

pub(super) struct DemoStaff {
    pub name: &'static str,
    pub roles: &'static [&'static str],
    pub email: &'static str,
    pub skills: &'static [&'static str],
    /// The usual day, Monday to Friday.
    pub day: &'static [(&'static str, &'static str)],
}

pub(super) const FULL_DAY: &[(&str, &str)] = &[("07:00", "11:30"), ("12:00", "15:30")];
pub(super) const LATE_LUNCH: &[(&str, &str)] = &[("07:00", "12:15"), ("12:45", "15:30")];
pub(super) const MORNINGS: &[(&str, &str)] = &[("07:00", "12:00")];
pub(super) const FROM_EIGHT: &[(&str, &str)] = &[("08:00", "12:00"), ("12:30", "15:30")];

pub(super) const STAFF: &[DemoStaff] = &[
    DemoStaff { name: "Ivana Bartošová", roles: &["manager"], email: "vedouci@linka.example", skills: &[], day: &[] },
    DemoStaff { name: "Zuzana Malá", roles: &["dispatcher"], email: "dispecer@linka.example", skills: &[], day: &[] },
    DemoStaff {
        name: "Pavel Černý",
        roles: &["technician"],
        email: "technik1@linka.example",
        skills: &["programs", "hardware", "data"],
        day: FULL_DAY,
    },
    DemoStaff {
        name: "Radek Urban",
        roles: &["technician"],
        email: "technik2@linka.example",
        skills: &["programs", "accounting", "training"],
        day: LATE_LUNCH,
    },
    DemoStaff {
        name: "Simona Vlčková",
        roles: &["technician"],
        email: "technik3@linka.example",
        skills: &["programs", "data", "accounting"],
        day: FROM_EIGHT,
    },
    DemoStaff {
        name: "Ondřej Kolář",
        roles: &["technician"],
        email: "technik4@linka.example",
        skills: &["programs", "hardware"],
        day: FULL_DAY,
    },
    DemoStaff {
        name: "Kateřina Říhová",
        roles: &["technician"],
        email: "technik5@linka.example",
        skills: &["programs", "training"],
        day: MORNINGS,
    },
    DemoStaff {
        name: "Michal Štěpánek",
        roles: &["technician"],
        email: "technik6@linka.example",
        skills: &["programs", "hardware", "data", "training"],
        day: LATE_LUNCH,
    },
];

/// A contract, valid since the history begins.
pub(super) struct DemoContract {
    pub customer: usize,
    /// The number's serial within the year of signing.
    pub serial: &'static str,
    pub tier: &'static str,
    pub minutes: u32,
    pub rollover: Rollover,
    /// A ceiling agreed later.
    pub later_ceiling: Option<u32>,
}

pub(super) const CONTRACTS: &[DemoContract] = &[
    DemoContract {
        customer: SCHOOL,
        serial: "014",
        tier: "fast",
        minutes: 300,
        rollover: Rollover::OnePeriod,
        later_ceiling: Some(90),
    },
    DemoContract {
        customer: 3,
        serial: "102",
        tier: "standard",
        minutes: 120,
        rollover: Rollover::None,
        later_ceiling: None,
    },
    DemoContract {
        customer: 8,
        serial: "007",
        tier: "express",
        minutes: 600,
        rollover: Rollover::None,
        later_ceiling: None,
    },
];

/// Who orders for a customer: places in [`MEMBERS`].
pub(super) fn orderers(customer: usize) -> Vec<usize> {
    (0..MEMBERS.len())
        .filter(|index| MEMBERS[*index].customer == customer && MEMBERS[*index].capabilities.contains(&"order"))
        .collect()
}

/// Technicians among [`STAFF`], in its order.
pub(super) fn technicians() -> Vec<&'static DemoStaff> {
    STAFF.iter().filter(|person| person.roles.contains(&StaffRole::Technician.code())).collect()
}

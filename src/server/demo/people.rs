//! What the tables of `examples/import` do not say of the demo's people: who works at the desk, and why one would sign in as whom.

use crate::model::people::members::StaffRole;

/// Základní škola Lipová, with the richest history: the place among the examples' customers.
pub(super) const SCHOOL: usize = 0;
/// Městský úřad Dolany, which has no contract.
pub(super) const OFFICE: usize = 1;
/// ZŠ a MŠ Horní, which has a bundle.
pub(super) const CANTEEN: usize = 2;

/// Whose minutes come each month by a card that the bank will decline: the place among the examples' people.
pub(super) const SUBSCRIBER: usize = 10;

/// What is to be known of the people who sign in, by their keys.
pub(super) const NOTES: &[(&str, &str)] = &[
    ("O001", "Rychlost Rychlá, smlouva 300 min za čtvrtletí, smí vše"),
    ("O002", "tatáž škola, smí jen objednávat"),
    ("O003", "tatáž škola, nesmí objednávat"),
    ("O005", "bez smlouvy"),
    ("O006", "bez smlouvy, balíček 120 min"),
    ("O011", "bez smlouvy, předplatné z karty, kterou banka při obnovení odmítne"),
    ("O013", "dluží fakturu z doby před Linkou, vidí doklady"),
];

/// Somebody of the vendor who is no technician.
pub(super) struct DemoStaff {
    pub name: &'static str,
    pub role: StaffRole,
    pub email: &'static str,
}

pub(super) const MANAGER: DemoStaff =
    DemoStaff { name: "Ivana Bartošová", role: StaffRole::Manager, email: "vedouci@linka.example" };
pub(super) const DISPATCHER: DemoStaff =
    DemoStaff { name: "Zuzana Malá", role: StaffRole::Dispatcher, email: "dispecer@linka.example" };

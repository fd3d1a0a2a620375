//! Rows of how the line is reached, and how fast it promises to be.

use serde::{Deserialize, Serialize};

use super::{
    ImportFault, ImportKind,
    cells::{Cell, Flag, Key, Line, PostalPrefixes, Whole},
    columns::{Column, Header},
    rows::{Row, Rules, code_fault, read_cell, rows},
};
use crate::model::base::phones::normalize_phone;

rows! {
    /// A region of the line.
    pub struct Region: Regions, "Regions of the line, in their order: the number of the first is for whoever is in none." {
        /// Its name, by which it is known.
        name: Line<60> = "nazev",
        /// The number to call there, as it is printed.
        phone: Line<30> = "telefon",
        /// How postal codes of it begin.
        postal_prefixes: PostalPrefixes = "zacatky_psc",
    }

    /// A response tier.
    pub struct Tier: Tiers, "What contracts can promise of speed. The tiers `basic`, `standard`, `fast` and `express` are there from the beginning." {
        /// Its code, small letters and underscores.
        key: Key = "klic",
        /// What people read.
        name: Line<100> = "nazev",
        /// The same in English.
        name_en: Option<Line<100>> = "nazev_anglicky",
        /// Within how many working minutes an urgent request should be taken up.
        urgent_target: Whole<1, 130_000> = "cil_urgentniho",
        /// From how many working minutes on a normal one is offered times.
        normal_lead: Whole<0, 130_000> = "predstih_bezneho",
        /// Whether contracts can have it that do not yet.
        active: Flag<true> = "aktivni",
    }
}

impl Rules for Region {
    fn key(&self) -> String {
        self.name.0.clone()
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        normalize_phone(&self.phone.0).is_none().then_some(("phone", ImportFault::NotAPhone))
    }
}

impl Rules for Tier {
    fn key(&self) -> String {
        self.key.0.clone()
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        code_fault(&self.key)
    }
}

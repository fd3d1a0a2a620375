//! Rows of what is kept of customers beside themselves, their people and their terms: computers, what was signed, and whether
//! they may order; and which versions there are of what they run.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    ImportFault, ImportKind,
    cells::{Cell, Flag, Key, Line, Moment, Sha256, TeamviewerId, Text},
    columns::{Column, Header},
    rows::{Reference, Row, Rules, read_cell, refer, rows},
};

rows! {
    /// A version of a program.
    pub struct ProgramVersion: ProgramVersions, "Which versions there are of the programs." {
        /// The key of the program.
        program: Key = "program",
        /// What it is called.
        name: Line<60> = "nazev",
        /// The day on which it was released.
        released: NaiveDate = "vydano",
    }

    /// A computer of a customer.
    pub struct CustomerComputer: Computers, "The computers of customers to which technicians connect." {
        /// The key of the customer.
        customer: Key = "zakaznik",
        /// The number under which TeamViewer knows it.
        teamviewer_id: TeamviewerId = "teamviewer",
        /// What people call it.
        name: Line<100> = "nazev",
    }

    /// That a program runs on a computer.
    pub struct ComputerProgram: ComputerPrograms, "On which computers the licensed programs run." {
        /// The key of the customer.
        customer: Key = "zakaznik",
        /// The number under which TeamViewer knows the computer.
        teamviewer_id: TeamviewerId = "teamviewer",
        /// The key of the program.
        program: Key = "program",
    }

    /// A contract or an amendment as it was signed.
    pub struct SignedFile: ContractFiles, "What was signed of contracts: PDF files beside the tables. A file is kept once and never changed." {
        /// The key of the contract.
        contract: Key = "smlouva",
        /// The file, a PDF of at most 4 MB, by its way from the directory of the tables.
        file: Line<200> = "soubor",
        /// What it is called; empty for the name of the file.
        name: Option<Line<200>> = "nazev",
        /// The day on which it came.
        added: NaiveDate = "pridano",
        /// The SHA-256 of the file, by which a damaged one is recognised; may be empty.
        sha256: Option<Sha256> = "sha256",
    }

    /// Whether a customer is one, and may order.
    pub struct CustomerStanding: Standings, "Which customers may not order: who is blocked, for a reason that its people read, and who is no customer any \
        more. What is agreed with them is taken before, and stays." {
        /// The key of the customer.
        customer: Key = "zakaznik",
        /// Whether it is a customer still.
        active: Flag<true> = "aktivni",
        /// Since when it is blocked; empty for one that is not.
        blocked_since: Option<Moment> = "zablokovan_od",
        /// Why it is.
        reason: Text<500> = "duvod",
    }
}

/// Where an export writes a file of so much SHA-256.
#[must_use]
pub fn signed_file_path(sha256: &str) -> String {
    format!("contracts/{sha256}.pdf")
}

impl Rules for ProgramVersion {
    fn key(&self) -> String {
        format!("{}\n{}", self.program.0, self.name.0)
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("program", ImportKind::Programs, &self.program)]
    }
}

impl Rules for CustomerComputer {
    fn key(&self) -> String {
        format!("{}\n{}", self.customer.0, self.teamviewer_id.0)
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("customer", ImportKind::Customers, &self.customer)]
    }
}

impl Rules for ComputerProgram {
    fn key(&self) -> String {
        format!("{}\n{}\n{}", self.customer.0, self.teamviewer_id.0, self.program.0)
    }

    fn references(&self) -> Vec<Reference<'_>> {
        let computer = format!("{}\n{}", self.customer.0, self.teamviewer_id.0);
        let licence = format!("{}\n{}", self.customer.0, self.program.0);
        vec![
            refer("customer", ImportKind::Customers, &self.customer),
            Reference { column: "teamviewer_id", kind: ImportKind::Computers, key: computer.into() },
            Reference { column: "program", kind: ImportKind::Licences, key: licence.into() },
        ]
    }
}

impl Rules for SignedFile {
    fn key(&self) -> String {
        format!("{}\n{}", self.contract.0, self.sha256.as_ref().map_or("", |sha256| &sha256.0))
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("contract", ImportKind::Contracts, &self.contract)]
    }

    fn file(&self) -> Option<&str> {
        Some(&self.file.0)
    }

    fn take_file(&mut self, sha256: &str) -> Result<(), (&'static str, ImportFault)> {
        if self.sha256.as_ref().is_some_and(|told| told.0 != sha256) {
            return Err(("sha256", ImportFault::Damaged));
        }
        let name = self.file.0.rsplit('/').next().unwrap_or_default().to_owned();
        self.name.get_or_insert(Line(name));
        // However it was called: it is known by what is in it.
        self.file = Line(signed_file_path(sha256));
        self.sha256 = Some(Sha256(sha256.to_owned()));
        Ok(())
    }
}

impl Rules for CustomerStanding {
    fn key(&self) -> String {
        self.customer.0.clone()
    }

    fn references(&self) -> Vec<Reference<'_>> {
        vec![refer("customer", ImportKind::Customers, &self.customer)]
    }

    fn fault(&self) -> Option<(&'static str, ImportFault)> {
        match (self.blocked_since.is_some(), self.reason.0.is_empty()) {
            (true, true) => Some(("reason", ImportFault::NeedsAnother)),
            (false, false) => Some(("blocked_since", ImportFault::NeedsAnother)),
            _ => None,
        }
    }
}

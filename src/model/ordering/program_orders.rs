//! What programs order (design, Interface for programs): a request that waits for its time, with what the program says of itself.

use chrono::{DateTime, Utc};

use super::{
    drafts::{Subject, TypedWish},
    offers::Slot,
    requests::{RequestDetails, RequestState},
    urgency::UrgencyClaim,
};
use crate::model::{
    base::{
        bilingual::Bilingual,
        fields::{FieldProblem, keep_line},
        ids::{ApiTokenId, ProgramId, WorkTypeId},
        numbers::RequestNumber,
        terms::Urgency,
    },
    line::programs::VERSION_MAX,
};

/// The most characters of what a program calls a request.
const REFERENCE_MAX: usize = 100;

/// An order as a program sends it. What is not said is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedOrder {
    /// With which program.
    pub program: ProgramId,
    /// What is to be done there.
    pub work_type: WorkTypeId,
    /// How urgent it is; of work that is planned it need not be said.
    pub urgency: Option<Urgency>,
    /// What it is about, in one line.
    pub summary: String,
    /// More of it.
    pub description: String,
    /// What stopped, of what is urgent; where it is not said, the summary says it.
    pub what_stopped: String,
    /// Since when.
    pub since: String,
    /// Who sits at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// In which version the program runs.
    pub program_version: String,
    /// What the program calls the request.
    pub reference: String,
}

/// What a program says of itself and of the request beside what people say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramReport {
    /// By which token it was let in.
    pub token: ApiTokenId,
    /// In which version it runs; may be empty.
    pub program_version: String,
    /// What it calls the request; may be empty.
    pub reference: String,
}

impl TypedOrder {
    /// The same as a person's order: what happened is the summary, and below it the description.
    #[must_use]
    pub fn wish(&self) -> TypedWish {
        let said = [&self.summary, &self.description].map(|text| text.trim());
        let what_happened = said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
        let what_stopped = if self.what_stopped.trim().is_empty() { &self.summary } else { &self.what_stopped };
        TypedWish {
            subject: Subject { program: self.program, work_type: self.work_type }.to_string(),
            details: RequestDetails {
                what_happened,
                contact_name: self.contact_name.clone(),
                contact_phone: self.contact_phone.clone(),
            },
            urgency: self.urgency,
            claim: UrgencyClaim { what_stopped: what_stopped.clone(), since: self.since.clone() },
        }
    }

    /// What the program says of itself, as it is kept.
    ///
    /// # Errors
    /// What is too long.
    pub fn report(&self, token: ApiTokenId) -> Result<ProgramReport, Vec<FieldProblem>> {
        let version = keep_line(&self.program_version, 0..=VERSION_MAX);
        match (version, keep_line(&self.reference, 0..=REFERENCE_MAX)) {
            (Ok(program_version), Ok(reference)) => Ok(ProgramReport { token, program_version, reference }),
            (version, reference) => Err([("program_version", version.err()), ("reference", reference.err())]
                .into_iter()
                .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
                .collect()),
        }
    }
}

/// What a field of a person's order is called in that of a program.
#[must_use]
pub fn field_of_program(field: &str) -> &str {
    match field {
        "subject" => "work_type",
        "what_happened" => "summary",
        "start" => "slot",
        "files" => "diagnostics",
        field => field,
    }
}

/// A request as a program reads it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramRequest {
    /// Its number.
    pub number: RequestNumber,
    /// Where it stands.
    pub state: RequestState,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// How urgent it is.
    pub urgency: Urgency,
    /// When it was sent.
    pub submitted_at: DateTime<Utc>,
    /// When something happened to it last.
    pub updated_at: DateTime<Utc>,
    /// The time that is agreed.
    pub slot: Option<Slot>,
    /// What the program that ordered it calls it; may be empty.
    pub reference: String,
}

/// Which requests a program wants to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RequestsWanted {
    /// Of one state.
    pub state: Option<RequestState>,
    /// To which something has happened since.
    pub updated_after: Option<DateTime<Utc>>,
    /// Behind this one: where the page before ended.
    pub after: Option<RequestNumber>,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::model::base::fields::FieldCode;

    fn order() -> TypedOrder {
        TypedOrder {
            program: ProgramId(3),
            work_type: WorkTypeId(7),
            urgency: Some(Urgency::Urgent),
            summary: " Nejde tisk stravenek. ".into(),
            description: "Chyba 0x80070005".into(),
            what_stopped: String::new(),
            since: "od rána".into(),
            contact_name: "Jana Nováková".into(),
            contact_phone: "377 457 977".into(),
            program_version: "2026.1".into(),
            reference: "E-17".into(),
        }
    }

    #[test]
    fn what_a_program_says_becomes_what_a_person_would() {
        let wish = order().wish().check(|_| Some(false)).expect("a wish");
        assert_eq!(wish.details.what_happened, "Nejde tisk stravenek.\n\nChyba 0x80070005");
        assert_eq!(wish.claim.map(|claim| claim.what_stopped), Some("Nejde tisk stravenek.".into()));
        let own = TypedOrder { what_stopped: "Výdej obědů".into(), ..order() }.wish().claim.what_stopped;
        assert_eq!(own, "Výdej obědů");
        let short = TypedOrder { description: " ".into(), ..order() }.wish().details.what_happened;
        assert_eq!(short, "Nejde tisk stravenek.");
    }

    #[test]
    fn what_a_program_says_of_itself_has_an_end() {
        let token = ApiTokenId(Uuid::from_u128(1));
        let kept = order().report(token).expect("a report");
        assert_eq!((kept.program_version.as_str(), kept.reference.as_str()), ("2026.1", "E-17"));
        let long = TypedOrder { program_version: "1".repeat(61), reference: "x".repeat(101), ..order() };
        let told = ["program_version", "reference"].map(|field| FieldProblem::new(field, FieldCode::TooLong));
        assert_eq!(long.report(token), Err(told.to_vec()));
    }
}

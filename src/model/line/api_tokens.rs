//! Tokens by which programs of customers order by themselves (design, Interface for programs).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::catalogue::Program;
use crate::model::{
    base::{
        codes::{coded_enum, coded_set},
        fields::{FieldCode, FieldProblem},
        ids::{ApiTokenId, CustomerId, ProgramId},
    },
    people::members::{Capabilities, Capability},
};

/// For how long who made a token can read it.
pub const SHOWN_FOR: TimeDelta = TimeDelta::minutes(10);

coded_enum! {
    /// What a token lets a program do, for its customer.
    pub enum ApiScope {
        /// Read what was ordered, and what can be.
        Read = "read",
        /// Order, pick times, move, call off and write; reading is part of it.
        Order = "order",
        /// Read minutes and documents.
        Billing = "billing",
    }
}

coded_set! {
    /// What a token lets a program do.
    pub struct ApiScopes(ApiScope) as "Vec<ApiScope>";
}

impl ApiScopes {
    /// What a person would have to be allowed for the same: a program may no more than that.
    #[must_use]
    pub fn capabilities(self) -> Capabilities {
        let mut may = Capabilities::NONE;
        if self.contains(ApiScope::Read) || self.contains(ApiScope::Order) {
            may = may.with(Capability::SeeAll);
        }
        if self.contains(ApiScope::Order) {
            may = may.with(Capability::Order);
        }
        if self.contains(ApiScope::Billing) {
            may = may.with(Capability::SeeBilling);
        }
        may
    }
}

/// A token as its form has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedToken {
    /// For which of the programs that the customer runs.
    pub program: Option<ProgramId>,
    /// What it shall be good for.
    pub scopes: ApiScopes,
    /// Whether its program is trusted to say who sits there (design, Links of programs).
    pub vouches: bool,
}

impl TypedToken {
    /// The program and the scopes as they are kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, programs: &[Program]) -> Result<(ProgramId, ApiScopes), Vec<FieldProblem>> {
        let program = match self.program {
            None => Err(FieldCode::Missing),
            Some(chosen) if programs.iter().any(|program| program.id == chosen) => Ok(chosen),
            Some(_) => Err(FieldCode::Unknown),
        };
        let scopes = if self.scopes.is_empty() { Err(FieldCode::Missing) } else { Ok(self.scopes) };
        match (program, scopes) {
            (Ok(program), Ok(scopes)) => Ok((program, scopes)),
            (program, scopes) => Err([("program", program.err()), (SCOPES_FIELD, scopes.err())]
                .into_iter()
                .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
                .collect()),
        }
    }
}

/// The field of the first scope, beside which it is said that one is missing.
pub const SCOPES_FIELD: &str = "scopes[read]";

/// A token as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiToken {
    /// Which one it is.
    pub id: ApiTokenId,
    /// For which program it is.
    pub program: Program,
    /// How it begins, so that one finds the program that has it.
    pub prefix: String,
    /// What it is good for.
    pub scopes: ApiScopes,
    /// Whether its program is trusted to say who sits there.
    pub vouches: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was shown last, to the minute; none when it never was.
    pub used_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Whether somebody is left in whose name it acts.
    pub acts: bool,
    /// All of it, shortly after it was made, for whoever may make one and has proved lately who they are.
    pub secret: Option<String>,
}

/// What `/account/programs` and the desk's page of the same show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiTokensPage {
    /// The customer, where the desk looks at it.
    pub customer: Option<CustomerId>,
    /// Its name.
    pub customer_name: String,
    /// The programs that it runs.
    pub programs: Vec<Program>,
    /// Its tokens, the latest first.
    pub tokens: Vec<ApiToken>,
    /// Whether one of them was made just now, and is shown to who proves anew who they are.
    pub hides_secret: bool,
    /// Under which identity the next one is made.
    pub key: ApiTokenId,
    /// Where programs reach the interface.
    pub address: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::base::bilingual::Bilingual;

    #[test]
    fn a_program_may_what_a_person_with_its_scopes_may_and_no_more() {
        let of = |scopes: &[ApiScope]| scopes.iter().copied().collect::<ApiScopes>().capabilities();
        assert_eq!(of(&[ApiScope::Read]), Capabilities::NONE.with(Capability::SeeAll));
        assert_eq!(of(&[ApiScope::Order]), Capabilities::NONE.with(Capability::SeeAll).with(Capability::Order));
        assert_eq!(of(&[ApiScope::Billing]), Capabilities::NONE.with(Capability::SeeBilling));
        let all = of(ApiScope::ALL);
        assert!(!all.may(Capability::Buy) && !all.may(Capability::Manage), "nobody's program spends or lets others in");
    }

    #[test]
    fn a_token_is_for_a_program_of_the_customers_and_good_for_something() {
        let programs = [Program { id: ProgramId(3), name: Bilingual { cs: "Sklad".into(), en: "Stock".into() } }];
        let typed = |program, scopes: &[ApiScope]| TypedToken {
            program,
            scopes: scopes.iter().copied().collect(),
            vouches: false,
        };
        let right = typed(Some(ProgramId(3)), &[ApiScope::Read]);
        assert_eq!(right.check(&programs), Ok((ProgramId(3), right.scopes)));
        let wrong = typed(Some(ProgramId(4)), &[]).check(&programs).expect_err("two fields are wrong");
        let told = [("program", FieldCode::Unknown), (SCOPES_FIELD, FieldCode::Missing)];
        assert_eq!(wrong, told.map(|(field, code)| FieldProblem::new(field, code)));
    }
}

//! A caller whom nobody knows yet: the person, and the organisation where that is new too.

use serde::{Deserialize, Serialize};

use crate::model::{
    base::{
        fields::{FieldCode, FieldProblem},
        ids::{CustomerId, ProgramId},
    },
    people::{
        customers::{CustomerFacts, TypedCustomer},
        members::MemberForm,
    },
};

/// A new caller, as typed while they wait.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedCaller {
    /// The organisation, where it is known.
    pub customer: Option<CustomerId>,
    /// The name of a new organisation.
    pub organisation: String,
    /// Its IČO; empty where that is not at hand.
    pub ico: String,
    /// What it runs.
    pub program: Option<ProgramId>,
    /// The person's name.
    pub caller_name: String,
    /// The person's telephone.
    pub caller_phone: String,
}

/// A new caller as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCaller {
    /// The person, who has no sign-in yet.
    pub person: MemberForm,
    /// Whose person it is.
    pub organisation: Organisation,
}

/// Whose person a new caller is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Organisation {
    /// One that is a customer already.
    Known(CustomerId),
    /// A new one, and the program that it runs.
    New(Box<CustomerFacts>, ProgramId),
}

impl TypedCaller {
    /// The caller as kept.
    ///
    /// # Errors
    /// Every field that is not right, in the order of the form.
    pub fn check(&self) -> Result<NewCaller, Vec<FieldProblem>> {
        let (organisation, mut wrong) = match self.customer {
            Some(customer) => (Some(Organisation::Known(customer)), Vec::new()),
            None => self.new_organisation(),
        };
        let person =
            MemberForm { name: self.caller_name.clone(), phone: self.caller_phone.clone(), ..MemberForm::default() };
        let person =
            person.check().map_err(|fields| renamed(fields, &[("name", "caller_name"), ("phone", "caller_phone")]));
        match (organisation, person) {
            (Some(organisation), Ok(person)) if wrong.is_empty() => Ok(NewCaller { person, organisation }),
            (_, person) => {
                wrong.extend(person.err().unwrap_or_default());
                Err(wrong)
            }
        }
    }

    fn new_organisation(&self) -> (Option<Organisation>, Vec<FieldProblem>) {
        let typed =
            TypedCustomer { name: self.organisation.clone(), ico: self.ico.clone(), ..TypedCustomer::default() };
        let mut wrong = Vec::new();
        let facts = typed.check(None).map_err(|fields| wrong.extend(renamed(fields, &[("name", "organisation")])));
        if self.program.is_none() {
            wrong.push(FieldProblem::new("program", FieldCode::Missing));
        }
        let organisation =
            facts.ok().zip(self.program).map(|(facts, program)| Organisation::New(Box::new(facts), program));
        (organisation, wrong)
    }
}

/// Problems under the names that the fields have in this form.
fn renamed(fields: Vec<FieldProblem>, names: &[(&str, &str)]) -> Vec<FieldProblem> {
    let name = |field: FieldProblem| match names.iter().find(|(from, _)| *from == field.field) {
        Some((_, to)) => FieldProblem::new(*to, field.code),
        None => field,
    };
    fields.into_iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_organisation_needs_a_name_and_a_program_and_a_known_one_neither() {
        let wrong = |typed: &TypedCaller| -> Vec<_> {
            let fields = typed.check().expect_err("something is missing");
            fields.into_iter().map(|field| (field.field, field.code)).collect()
        };
        let missing = |field: &str| (field.to_owned(), FieldCode::Missing);
        let nothing = TypedCaller::default();
        assert_eq!(wrong(&nothing), [missing("organisation"), missing("program"), missing("caller_name")]);
        let known = TypedCaller { customer: Some(CustomerId(1)), ..nothing };
        assert_eq!(wrong(&known), [missing("caller_name")]);
        let kept = TypedCaller { caller_name: " Jana Malá ".into(), caller_phone: "601 234 567".into(), ..known };
        let kept = kept.check().unwrap();
        assert_eq!((kept.person.name.as_str(), kept.person.phone.as_str()), ("Jana Malá", "+420601234567"));
        assert_eq!(kept.organisation, Organisation::Known(CustomerId(1)));
    }

    #[test]
    fn what_is_wrong_is_told_beside_the_field_of_this_form() {
        let typed = TypedCaller {
            organisation: "Škola".into(),
            ico: "12345678".into(),
            program: Some(ProgramId(1)),
            caller_name: "Jana".into(),
            caller_phone: "6".into(),
            ..TypedCaller::default()
        };
        let fields: Vec<_> =
            typed.check().expect_err("wrong").into_iter().map(|field| (field.field, field.code)).collect();
        assert_eq!(fields, [("ico".into(), FieldCode::DoesNotMatch), ("caller_phone".into(), FieldCode::NotAPhone)]);
    }
}

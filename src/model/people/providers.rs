//! Other providers by which people sign in (OpenID Connect), and for whom that is the only way.

use serde::{Deserialize, Serialize};

use crate::model::base::fields::{FieldCode, FieldProblem, keep_email};

/// A provider as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// By what addresses and rules name it.
    pub key: String,
    /// What people call it.
    pub name: String,
}

/// The page `/settings/sign-in`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvidersPage {
    /// Those that the operator has set up.
    pub providers: Vec<Provider>,
    /// For which addresses which of them is the only way.
    pub rules: Vec<Rule>,
    /// Where a provider sends people back to, for whoever sets one up there.
    pub returns_to: String,
}

/// For addresses of a domain a provider is the only way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What stands behind the @.
    pub domain: String,
    /// The key of the provider.
    pub provider: String,
}

impl Rule {
    /// The rule as it is kept.
    ///
    /// # Errors
    /// What is wrong with the fields `domain` and `provider`.
    pub fn check(&self, known: &[Provider]) -> Result<Self, Vec<FieldProblem>> {
        let domain = self.domain.trim().trim_start_matches('@');
        let domain = match keep_email(&format!("x@{domain}")) {
            Ok(address) => Ok(address[2..].to_owned()),
            Err(_) if domain.is_empty() => Err(FieldProblem::new("domain", FieldCode::Missing)),
            Err(_) => Err(FieldProblem::new("domain", FieldCode::Unknown)),
        };
        let provider = known.iter().find(|provider| provider.key == self.provider).map(|provider| provider.key.clone());
        match (domain, provider) {
            (Ok(domain), Some(provider)) => Ok(Self { domain, provider }),
            (domain, provider) => {
                let unknown = provider.is_none().then(|| FieldProblem::new("provider", FieldCode::Unknown));
                Err(domain.err().into_iter().chain(unknown).collect())
            }
        }
    }
}

/// What stands behind the @ of an address.
#[must_use]
pub fn domain_of(email: &str) -> &str {
    email.rsplit_once('@').map_or("", |(_, domain)| domain)
}

#[cfg(test)]
mod tests {
    use super::{Provider, Rule, domain_of};

    #[test]
    fn a_rule_names_a_domain_and_a_provider_that_there_is() {
        let known = [Provider { key: "google".into(), name: "Google".into() }];
        let check = |domain: &str, provider: &str| {
            let fields = |wrong: Vec<crate::model::base::fields::FieldProblem>| {
                wrong.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
            };
            Rule { domain: domain.into(), provider: provider.into() }
                .check(&known)
                .map(|rule| rule.domain)
                .map_err(fields)
        };
        for typed in ["Skola.cz", " @skola.cz"] {
            assert_eq!(check(typed, "google"), Ok("skola.cz".into()), "{typed}");
        }
        for wrong in ["", "skola", "a b.cz", "x@skola.cz"] {
            assert_eq!(check(wrong, "google"), Err(vec!["domain".into()]), "{wrong}");
        }
        assert_eq!(check("", "other"), Err(vec!["domain".into(), "provider".into()]));
        assert_eq!(domain_of("jana@skola.cz"), "skola.cz");
    }
}

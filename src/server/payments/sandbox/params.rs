//! Parameters as Stripe takes them: a form with names like `line_items[0][price_data][currency]`; one that it does not know
//! is an error.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::{Value, json};

/// An answer: its status, and its JSON.
pub type Answer = (u16, Value);

/// A refusal as Stripe words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub kind: &'static str,
    pub code: Option<&'static str>,
    pub param: Option<String>,
    pub message: String,
}

impl Refusal {
    pub fn invalid(code: &'static str, param: &str, message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST.as_u16(),
            kind: "invalid_request_error",
            code: Some(code),
            param: Some(param.to_owned()),
            message: message.into(),
        }
    }

    pub fn missing(what: &str, id: &str) -> Self {
        let message = format!("No such {what}: '{id}'");
        Self { status: StatusCode::NOT_FOUND.as_u16(), ..Self::invalid("resource_missing", "id", message) }
    }

    pub fn of_type(status: StatusCode, kind: &'static str, message: impl Into<String>) -> Self {
        Self { status: status.as_u16(), kind, code: None, param: None, message: message.into() }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let mut error = json!({ "type": refusal.kind, "message": refusal.message });
        if let Some(code) = refusal.code {
            error["code"] = json!(code);
        }
        if let Some(param) = refusal.param {
            error["param"] = json!(param);
        }
        (refusal.status, json!({ "error": error }))
    }
}

/// The parameters of a request, which are taken one by one.
#[derive(Debug)]
pub struct Params(BTreeMap<String, String>);

impl Params {
    pub fn read(form: &str) -> Result<Self, Refusal> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(form)
            .map_err(|_| Refusal::invalid("parameter_invalid_string_empty", "", "the form cannot be read"))?;
        Ok(Self(pairs.into_iter().collect()))
    }

    pub fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    pub fn need(&mut self, name: &str) -> Result<String, Refusal> {
        self.take(name)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| Refusal::invalid("parameter_missing", name, format!("Missing required param: {name}.")))
    }

    pub fn integer(&mut self, name: &str) -> Result<Option<i64>, Refusal> {
        let invalid = |value| Refusal::invalid("parameter_invalid_integer", name, format!("Invalid integer: {value}"));
        self.take(name).map(|value| value.parse().map_err(|_| invalid(value))).transpose()
    }

    pub fn one_of(&mut self, name: &str, allowed: &[&str]) -> Result<Option<String>, Refusal> {
        match self.take(name) {
            Some(value) if !allowed.contains(&value.as_str()) => Err(Refusal::invalid(
                "parameter_invalid_string",
                name,
                format!("Invalid {name}: must be one of {}", allowed.join(", ")),
            )),
            value => Ok(value),
        }
    }

    /// `metadata[linka_purchase]=…`, at most fifty of them.
    pub fn map(&mut self, name: &str) -> Result<Value, Refusal> {
        let prefix = format!("{name}[");
        let names: Vec<String> = self.0.keys().filter(|key| key.starts_with(&prefix)).cloned().collect();
        if names.len() > 50 {
            return Err(Refusal::invalid("parameter_too_many", name, "Metadata can have up to 50 keys."));
        }
        let mut map = serde_json::Map::new();
        for full in names {
            let key = full.trim_start_matches(&prefix).trim_end_matches(']').to_owned();
            let value = self.take(&full).unwrap_or_default();
            if key.is_empty() || key.contains('[') || key.len() > 40 || value.len() > 500 {
                return Err(Refusal::invalid("parameter_invalid", &full, format!("Invalid {full}")));
            }
            map.insert(key, Value::String(value));
        }
        Ok(Value::Object(map))
    }

    /// `expand[0]=…`
    pub fn list(&mut self, name: &str) -> Vec<String> {
        (0..).map_while(|place| self.take(&format!("{name}[{place}]"))).collect()
    }

    /// Refuses what nobody took.
    pub fn finish(self) -> Result<(), Refusal> {
        match self.0.into_keys().next() {
            None => Ok(()),
            Some(name) => {
                Err(Refusal::invalid("parameter_unknown", &name, format!("Received unknown parameter: {name}")))
            }
        }
    }
}

//! The document of the interface (OpenAPI 3.1): what the handlers say of themselves, and what holds for all of them.

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use super::{once::LONGEST_KEY, problems};
use crate::model::{
    base::text::unbroken,
    line::developers::{DescribedField, Operation},
};

/// What may be refused, whatever is asked.
const REFUSED: &[(&str, &str)] = &[
    ("400", "It cannot be read, or a change comes without a key"),
    ("401", "A good token is missing"),
    ("403", "The token is not good for this"),
    ("404", "There is no such thing, or it is somebody else's"),
    ("405", "The address takes another method"),
    ("409", "Not as things stand now: the time is taken, the key said something else, a limit is reached"),
    ("413", "It is too large"),
    ("422", "Understood, but not like this: a field is not right, a time cannot be had"),
    ("429", "Too often; Retry-After says in how many seconds it goes on"),
    ("500", "Our fault"),
    ("503", "Out of order for the moment"),
];

const ABOUT: &str = "Programs order remote interventions, pick their times, and read what became of them. \
    A program shows its token as `Authorization: Bearer …`. Whatever changes something is sent under a key of your own, \
    `Idempotency-Key`: the same sent again within 24 hours has no further effect and gets the same answer. \
    Instants are UTC, lengths are minutes, money is haléře (a hundredth of a koruna).";

/// The document, with what is true of every operation.
pub fn complete(made: &OpenApi) -> Value {
    let mut document = serde_json::to_value(made).unwrap_or_default();
    document["info"] = json!({ "title": "Linka", "version": "1", "description": ABOUT });
    document["security"] = json!([{ "token": [] }]);
    document["components"]["securitySchemes"] = json!({ "token": {
        "type": "http", "scheme": "bearer", "description": "A token of the customer's, made on the page of its programs",
    } });
    // The codes that there are now; more may come, so that it is no closed list.
    let codes: Vec<String> = problems::all().into_iter().map(|refusal| refusal.code).collect();
    document["components"]["schemas"]["Problem"]["properties"]["code"]["x-extensible-enum"] = json!(codes);
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (_, item) in paths {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            complete_operation(method, operation);
        }
    }
    document
}

fn complete_operation(method: &str, operation: &mut Value) {
    let refused = json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
    if let Some(responses) = operation["responses"].as_object_mut() {
        for (status, about) in REFUSED {
            let mut response = json!({ "description": about, "content": refused });
            if *status == "429" {
                response["headers"] = json!({ "Retry-After": { "schema": { "type": "integer" } } });
            }
            responses.insert((*status).to_owned(), response);
        }
    }
    if method == "post" {
        let key = json!({
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": "A name of yours for this change; another one for each",
            "schema": { "type": "string", "minLength": 1, "maxLength": LONGEST_KEY },
            "example": "6f2b7c1e-order-17",
        });
        match operation["parameters"].as_array_mut() {
            Some(parameters) => parameters.push(key),
            None => operation["parameters"] = json!([key]),
        }
    }
}

/// The operations of a document, as people read them.
pub fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            let operations = item.as_object().into_iter().flatten();
            operations.map(move |(method, operation)| in_words(document, (method, path), operation))
        })
        .collect()
}

fn in_words(document: &Value, (method, path): (&str, &str), operation: &Value) -> Operation {
    let body = schema_of(document, &operation["requestBody"]);
    let (status, answer) = success(operation);
    let answered = schema_of(document, answer);
    Operation {
        id: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        scope: text(&operation["tags"][0]),
        summary: text(&operation["summary"]),
        description: text(&operation["description"]),
        parameters: operation["parameters"].as_array().into_iter().flatten().map(parameter).collect(),
        body: body.map(|of| fields(document, of)).unwrap_or_default(),
        example: body.and_then(|(_, schema)| example(document, schema)),
        status: status.to_owned(),
        answered: answered.map(|of| fields(document, of)).unwrap_or_default(),
    }
}

/// The status of an operation that is done, and its answer.
fn success(operation: &Value) -> (&str, &Value) {
    let responses = operation["responses"].as_object().into_iter().flatten();
    let mut done = responses.filter(|(status, _)| status.starts_with('2'));
    done.next().map_or(("", &Value::Null), |(status, answer)| (status.as_str(), answer))
}

/// What a body or an answer holds, with its name; of a list what one of it does.
fn schema_of<'a>(document: &'a Value, of: &'a Value) -> Option<(&'a str, &'a Value)> {
    let schema = &of["content"].as_object()?.values().next()?["schema"];
    let schema = if schema["items"].is_object() { &schema["items"] } else { schema };
    Some((named(schema).unwrap_or_default(), resolved(document, schema)))
}

/// The name of a schema that stands elsewhere.
fn named(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str().and_then(|name| name.rsplit('/').next())
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    named(schema).map_or(schema, |name| &document["components"]["schemas"][name])
}

fn parameter(parameter: &Value) -> DescribedField {
    DescribedField {
        key: text(&parameter["name"]),
        name: text(&parameter["name"]),
        is_required: parameter["required"].as_bool().unwrap_or_default(),
        about: text(&parameter["description"]),
    }
}

fn fields(document: &Value, (of, schema): (&str, &Value)) -> Vec<DescribedField> {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, property)| {
            let own = text(&property["description"]);
            let about = if own.is_empty() { text(&resolved(document, property)["description"]) } else { own };
            let key = format!("{of}-{name}");
            DescribedField { key, name: name.clone(), is_required: required.contains(&name.as_str()), about }
        })
        .collect()
}

/// An example of what is sent: of each field that has one.
fn example(document: &Value, schema: &Value) -> Option<String> {
    let properties = schema["properties"].as_object()?;
    let shown: Map<String, Value> = properties
        .iter()
        .filter_map(|(name, property)| {
            let known = [property, resolved(document, property)];
            let example = known.iter().map(|schema| &schema["example"]).find(|example| !example.is_null())?;
            Some((name.clone(), example.clone()))
        })
        .collect();
    if shown.is_empty() { None } else { serde_json::to_string_pretty(&shown).ok() }
}

fn text(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default().trim();
    unbroken(text).unwrap_or_else(|| text.to_owned())
}

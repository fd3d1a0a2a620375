//! Problems beside fields, shown while somebody types, in the very places where the server shows them.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    browser::{by_id, element},
    messages,
};

/// Shows what is wrong with a field, or that nothing is.
pub fn show_problem(name: &str, problem: Option<&str>) {
    let Some(input) = by_id(name) else { return };
    let Ok(Some(field)) = input.closest(".field") else {
        return;
    };
    let id = error_id(name);
    let place = by_id(&id).or_else(|| problem.and_then(|_| make_place(&id, &field, &input)));
    let Some(place) = place else { return };
    match problem {
        Some(problem) => {
            place.set_text_content(Some(problem));
            if let (Some(hidden), Some(prefix)) = (element("span", "visually-hidden"), messages::prefix()) {
                hidden.set_text_content(Some(&(prefix + " ")));
                let _ = place.prepend_with_node_1(&hidden);
            }
        }
        None => place.remove(),
    }
    mark(&input, &field, &id, problem.is_some());
}

/// Whether a problem stands beside a field now, said by the server or by [`show_problem`].
pub fn has_problem(name: &str) -> bool {
    by_id(&error_id(name)).is_some()
}

fn error_id(name: &str) -> String {
    [name, "-error"].concat()
}

/// Makes the element for the problem where the server would have put it: above the input, within the field.
fn make_place(id: &str, field: &Element, input: &HtmlElement) -> Option<HtmlElement> {
    let place = element("p", "field-error")?;
    place.set_id(id);
    if input.get_attribute("type").as_deref() == Some("checkbox") {
        field.prepend_with_node_1(&place).ok()?;
    } else {
        let mut line: Element = input.clone().unchecked_into();
        while line.parent_element()? != *field {
            line = line.parent_element()?;
        }
        field.insert_before(&place, Some(&line)).ok()?;
    }
    Some(place)
}

/// Tells eyes and assistive technology that the field is wrong, and where it is said why.
fn mark(input: &Element, field: &Element, error_id: &str, wrong: bool) {
    let described_by = input.get_attribute("aria-describedby").unwrap_or_default();
    let mut ids: Vec<&str> = described_by.split_whitespace().filter(|id| *id != error_id).collect();
    if wrong {
        ids.push(error_id);
    }
    set_or_remove(input, "aria-describedby", (!ids.is_empty()).then(|| ids.join(" ")).as_deref());
    set_or_remove(input, "aria-invalid", wrong.then_some("true"));
    let classes = field.class_list();
    // Neither of the two can fail: the class is one word.
    let _ = if wrong { classes.add_1("field-invalid") } else { classes.remove_1("field-invalid") };
}

fn set_or_remove(element: &Element, attribute: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(attribute, value),
        None => element.remove_attribute(attribute),
    };
}

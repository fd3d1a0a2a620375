//! What the browser does of it.

use std::{
    cell::{Cell, RefCell},
    ops::Range,
    rc::Rc,
};

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement};

use super::{GHOST, HINT, SAID, TABLE};
use crate::{
    model::work::{
        cases::CaseAct,
        dragging::{Clash, Spot, clash, first_free, step},
    },
    ui::islands::{
        browser::{by_id, data, document, listen, property, target, window},
        template::fill,
    },
};

/// Narrower than this the board is a list, on which nothing is beside anything.
const NARROWEST: i32 = 600;
/// So far a pointer goes before it drags, in pixels: a press is a press.
const SLACK: f64 = 5.0;

/// A technician's row.
struct Row {
    element: Element,
    technician: String,
    name: String,
    day: String,
}

/// The board as it stands when an appointment is taken up: what keeps the page true may put another one in its place.
struct Board {
    table: HtmlElement,
    rows: Vec<Row>,
    starts: Vec<String>,
    times: Vec<String>,
    now: usize,
}

/// How a pointer holds an appointment.
struct Grip {
    /// Where it was pressed.
    pressed: (f64, f64),
    /// How many quarters into the appointment.
    into: usize,
    /// Whether it has been moved since.
    drags: bool,
}

/// An appointment that is taken up, or what waits in the queue for one.
struct Held {
    board: Board,
    request: String,
    long: usize,
    /// None from the queue.
    from: Option<Spot>,
    /// None where it is over nothing, and nowhere yet.
    to: Option<Spot>,
    /// None for the keyboard.
    grip: Option<Grip>,
}

struct Hand {
    ghost: HtmlElement,
    said: HtmlElement,
    held: RefCell<Option<Held>>,
    /// Whether the press that ends a drag is still to be told from one that opens the request.
    has_dragged: Cell<bool>,
}

/// Lets appointments be dragged, if the page has a board.
pub(super) fn wake() {
    let (Some(ghost), Some(said), Some(hint)) = (by_id(GHOST), by_id(SAID), by_id(HINT)) else { return };
    hint.set_hidden(false);
    let hand = Rc::new(Hand { ghost, said, held: RefCell::new(None), has_dragged: Cell::new(false) });
    hand.on("pointerdown", Hand::press);
    hand.on("pointermove", Hand::drag);
    hand.on("pointerup", |hand, _| hand.release());
    hand.on("pointercancel", |hand, _| hand.drop_nowhere());
    hand.on("click", |hand, event| {
        if hand.has_dragged.take() {
            event.prevent_default();
        }
    });
    // A link would be dragged out of the page.
    hand.on("dragstart", |_, event| {
        if card(event).is_some() {
            event.prevent_default();
        }
    });
    hand.on("keydown", Hand::key);
    hand.on("focusout", |hand, _| {
        let is_by_keyboard = hand.held.borrow().as_ref().is_some_and(|held| held.grip.is_none());
        if is_by_keyboard {
            hand.drop_nowhere();
        }
    });
}

/// The appointment on which something happened, if it can be taken up.
fn card(event: &Event) -> Option<Element> {
    target(event)?.closest("[data-request]").ok()?
}

impl Hand {
    fn on(self: &Rc<Self>, event: &str, act: fn(&Self, &Event)) {
        let hand = Rc::clone(self);
        listen(&document(), event, move |event| act(&hand, &event));
    }

    fn press(&self, event: &Event) {
        self.has_dragged.set(false);
        let is_touch = property(event, "pointerType").as_string().as_deref() == Some("touch");
        if is_touch || property(event, "button").as_f64() != Some(0.0) {
            return;
        }
        self.drop_nowhere();
        if let Some(mut held) = Held::of(event) {
            let into = held.from.map_or(0, |(_, from)| held.board.quarter(event).saturating_sub(from));
            let into = into.min(held.long.saturating_sub(1));
            held.grip = Some(Grip { pressed: pointer(event), into, drags: false });
            *self.held.borrow_mut() = Some(held);
        }
    }

    fn drag(&self, event: &Event) {
        let mut held = self.held.borrow_mut();
        let Some(held) = held.as_mut() else { return };
        let Some(grip) = held.grip.as_mut() else { return };
        let ((x, y), (from_x, from_y)) = (pointer(event), grip.pressed);
        grip.drags |= (x - from_x).abs() + (y - from_y).abs() > SLACK;
        if !grip.drags {
            return;
        }
        let at = held.board.quarter(event).saturating_sub(grip.into);
        let last = held.board.quarters().saturating_sub(held.long);
        let row = match held.from {
            Some(_) => held.board.row_at(y).or(held.to.map(|(row, _)| row)),
            // Let go beside the board, it stays where it waits.
            None => held.board.row_at(y).filter(|_| held.board.spans(x)),
        };
        held.to = row.map(|row| (row, at.min(last)));
        self.show(held);
    }

    fn release(&self) {
        let held = self.held.borrow_mut().take();
        if let Some(held) = held.filter(|held| held.grip.as_ref().is_some_and(|grip| grip.drags)) {
            self.has_dragged.set(true);
            self.put_down(&held);
        }
    }

    fn key(&self, event: &Event) {
        let Some(key) = property(event, "key").as_string() else { return };
        if key == "Escape" {
            self.drop_nowhere();
            return;
        }
        let mut place = self.held.borrow_mut();
        if place.as_ref().is_some_and(|held| held.grip.is_some()) {
            return;
        }
        if key == "Enter" {
            // Without having been taken up it is a link.
            if let Some(held) = place.take() {
                event.prevent_default();
                self.put_down(&held);
            }
            return;
        }
        let Some(mut held) = place.take().or_else(|| Held::of(event)) else { return };
        let size = (held.board.rows.len(), held.board.quarters());
        let to = match held.to {
            Some(to) => step(&key, to, size, held.long),
            // Any arrow takes it up at first.
            None => step(&key, (0, 0), size, held.long).and_then(|_| held.board.first_free(held.long)),
        };
        if to.is_some() {
            event.prevent_default();
            held.to = to;
            self.said.set_text_content(Some(&self.show(&held)));
            *place = Some(held);
        } else {
            self.ghost.set_hidden(true);
        }
    }

    /// Leads to the page on which it is confirmed; nowhere from where it was taken up.
    fn put_down(&self, held: &Held) {
        self.ghost.set_hidden(true);
        let Some((row, at)) = held.to.filter(|_| held.to != held.from) else { return };
        let (Some(row), Some(start)) = (held.board.rows.get(row), held.board.starts.get(at)) else { return };
        let (act, query) = if held.from.is_some_and(|(_, from)| from == at) {
            (CaseAct::Reassign, ["technician=", &row.technician].concat())
        } else {
            (CaseAct::Time, ["start=", start, "&technician=", &row.technician].concat())
        };
        if let Some(path) = data(&self.ghost, "act") {
            let path = fill(&fill(&path, "number", &held.request), "act", act.code());
            // Whatever goes wrong, the page stays as it is.
            let _ = window().location().set_href(&[&path, "?", &query].concat());
        }
    }

    fn drop_nowhere(&self) {
        if self.held.borrow_mut().take().is_some() {
            self.ghost.set_hidden(true);
            self.said.set_text_content(data(&self.ghost, "dropped").as_deref());
        }
    }

    /// Shows where it would be, and what is in the way; the same in words.
    fn show(&self, held: &Held) -> String {
        let board = &held.board;
        let there = held.to.and_then(|(row, at)| Some((row, at, board.rows.get(row)?)));
        let Some((row, at, row_there)) = there else {
            self.ghost.set_hidden(true);
            return String::new();
        };
        let own = held.from.filter(|from| from.0 == row).map_or(0..0, |(_, from)| range(from, held.long));
        let in_the_way = clash(&row_there.day, &range(at, held.long), &own, board.now);
        let word = data(
            &self.ghost,
            match in_the_way {
                None => "free",
                Some(Clash::Past) => "past",
                Some(Clash::Taken) => "taken",
                Some(Clash::Absent) => "absent",
                Some(Clash::NotPlanned) => "off",
            },
        );
        let time = |quarter: usize| board.times.get(quarter).map_or("", String::as_str);
        let when = [time(at), "–", time(at + held.long), " ", word.as_deref().unwrap_or_default()].concat();
        self.ghost.set_class_name(if in_the_way.is_some() { "board-ghost board-ghost-bad" } else { "board-ghost" });
        if let Some(words) = self.ghost.first_element_child() {
            words.set_text_content(Some(&when));
        }
        let (place, table) = (row_there.element.get_bounding_client_rect(), board.table.get_bounding_client_rect());
        for (name, value) in [
            ("--at", whole(at)),
            ("--long", whole(held.long)),
            ("--quarters", whole(board.quarters())),
            ("--top", place.top() - table.top()),
            ("--height", place.height()),
        ] {
            set_style(&self.ghost, name, value);
        }
        self.ghost.set_hidden(false);
        [&row_there.name, ", ", &when].concat()
    }
}

impl Held {
    /// The appointment on which something happened, as it lies.
    fn of(event: &Event) -> Option<Self> {
        let card = card(event)?;
        let board = Board::read()?;
        let number = |name| data(&card, name).and_then(|number| number.parse::<usize>().ok());
        let row = card.closest("tr").ok()?;
        let row = row.and_then(|row| board.rows.iter().position(|one| one.element == row));
        let from = row.zip(number("at"));
        Some(Self { request: data(&card, "request")?, long: number("long")?, from, to: from, grip: None, board })
    }
}

impl Board {
    fn read() -> Option<Self> {
        let table = by_id(TABLE).filter(|table| table.client_width() >= NARROWEST)?;
        let list = |name| data(&table, name).map(|list| list.split('|').map(str::to_owned).collect::<Vec<_>>());
        let found = table.get_elements_by_tag_name("tr");
        let rows = (0..found.length()).filter_map(|index| Row::of(found.item(index)?)).collect();
        Some(Self {
            starts: list("starts")?,
            times: list("times")?,
            now: data(&table, "now")?.parse().ok()?,
            rows,
            table,
        })
    }

    fn quarters(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn first_free(&self, long: usize) -> Option<Spot> {
        let days: Vec<_> = self.rows.iter().map(|row| row.day.as_str()).collect();
        first_free(&days, long, self.now)
    }

    /// Whether a pointer is over the table, as far as it lies from the window's left.
    fn spans(&self, x: f64) -> bool {
        let place = self.table.get_bounding_client_rect();
        place.left() <= x && x < place.right()
    }

    /// The row at a height of the window.
    fn row_at(&self, y: f64) -> Option<usize> {
        self.rows.iter().position(|row| {
            let place = row.element.get_bounding_client_rect();
            place.top() <= y && y < place.bottom()
        })
    }

    /// The quarter over which a pointer is.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a board has some dozens of quarters, and what lies before it is its first"
    )]
    fn quarter(&self, event: &Event) -> usize {
        let table = self.table.get_bounding_client_rect();
        let names = self.rows.first().and_then(|row| row.element.first_element_child());
        let names = names.map_or(0.0, |name| name.get_bounding_client_rect().width());
        let quarter = (table.width() - names) / whole(self.quarters()).max(1.0);
        ((pointer(event).0 - table.left() - names) / quarter.max(1.0)) as usize
    }
}

impl Row {
    /// A row of the board; none for its head.
    fn of(element: Element) -> Option<Self> {
        let name = element.query_selector("a").ok()??.text_content()?;
        let (technician, day) = (data(&element, "technician")?, data(&element, "day")?);
        Some(Self { element, technician, name, day })
    }
}

fn range(at: usize, long: usize) -> Range<usize> {
    at..at + long
}

/// A small number as the browser has them.
fn whole(number: usize) -> f64 {
    u32::try_from(number).unwrap_or(u32::MAX).into()
}

/// Where a pointer is in the window.
fn pointer(event: &Event) -> (f64, f64) {
    let at = |name| property(event, name).as_f64().unwrap_or_default();
    (at("clientX"), at("clientY"))
}

/// Sets a variable of an element's style. An attribute would be against the content security policy.
fn set_style(element: &Element, name: &str, value: f64) {
    let style = property(element, "style");
    if let Ok(set) = property(&style, "setProperty").dyn_into::<Function>() {
        // It cannot fail: a style takes any variable.
        let _ = set.call2(&style, &JsValue::from_str(name), &JsValue::from_f64(value));
    }
}

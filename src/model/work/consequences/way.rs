//! What stands in the way of a time.

use serde::{Deserialize, Serialize};

use crate::model::{
    base::{ids::StaffId, numbers::RequestNumber},
    ordering::offers::Slot,
    work::board::{Board, CellKind, Taken},
};

/// What stands in the way of a time with somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InTheWay {
    /// Something takes the time.
    Taken(Box<Taken>),
    /// The technician is absent.
    Absent,
    /// The technician does not work then, or the line is closed.
    NotPlanned,
    /// The technician does not know this work.
    Unskilled,
}

/// What on a technician's row of the board stands in the way of a time, in the order of the day; the request itself never does.
#[must_use]
pub fn in_the_way(board: &Board, technician: StaffId, slot: Slot, own: RequestNumber) -> Vec<InTheWay> {
    let mut found: Vec<InTheWay> = Vec::new();
    let row = board.rows.iter().find(|row| row.technician.id == technician);
    for cell in row.iter().flat_map(|row| &row.cells).filter(|cell| cell.slot.overlaps(slot)) {
        let in_the_way = match &cell.kind {
            CellKind::Free => continue,
            // What is over gives its time back.
            CellKind::Taken(taken) if taken.number == Some(own) || !taken.state.blocking() => continue,
            CellKind::Taken(taken) => InTheWay::Taken(taken.clone()),
            CellKind::Absent => InTheWay::Absent,
            CellKind::NotPlanned => InTheWay::NotPlanned,
        };
        if !found.contains(&in_the_way) {
            found.push(in_the_way);
        }
    }
    let is_beyond = slot.start < board.shown.start || board.shown.end < slot.end || row.is_none();
    if is_beyond && !found.contains(&InTheWay::NotPlanned) {
        found.push(InTheWay::NotPlanned);
    }
    found
}

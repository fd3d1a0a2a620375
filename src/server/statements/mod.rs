//! Statements of the bank that come by themselves: [Fio's interface](fio) is asked, and a [folder](folder) is looked into.

pub mod fio;
pub mod folder;

use self::{fio::Fio, folder::Folder};

/// From where statements come by themselves; from nowhere unless it is set up.
#[derive(Debug, Clone, Default)]
pub struct Statements {
    /// The bank's interface.
    pub fio: Fio,
    /// The folder.
    pub folder: Folder,
}

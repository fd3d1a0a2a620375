//! Pages: each asks `api` for what it shows and lays it out with `components`. The routes are in [`super::app`].

pub mod account;
pub mod bundles;
pub mod desk;
pub mod gallery;
pub mod line;
pub mod mail_list;
pub mod order;
pub mod problem;
pub mod receipts;
pub mod requests;
pub mod sales;
pub mod sign_in;
pub mod tax_documents;
pub mod usage;
mod words;
pub mod work;

//! The import rule of the crate's map, and other rules that the source itself must keep.

mod asvs;
mod circles;
mod codes;
mod crates;
mod declarations;
mod examples;
mod imports;
mod layers;
mod lengths;
mod limits;
mod markup;
mod repetitions;
mod source;
mod stems;

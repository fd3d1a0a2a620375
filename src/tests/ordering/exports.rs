//! Exports: that one is whole, and one customer's.

use linka::{
    model::{base::terms::Urgency, minutes::contracts::LARGEST_FILE, problem::Problem},
    server::{
        db::MIGRATIONS,
        service::ordering::exports,
        sheets::SourceFile,
    },
};
use sqlx::{AssertSqlSafe, PgPool, query};

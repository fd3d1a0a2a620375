//! What goes wrong below a service, what of it has a meaning for people, and what is worth another try.

use std::{cell::RefCell, time::Duration};

use crate::{model::problem::Problem, server::incident};

/// What the driver itself says, as when a transaction is not committed.
pub type DriverError = sqlx::Error;

/// What a standby says to whoever writes.
const READ_ONLY: &str = "25006";

/// What can go wrong below a service: nothing that a person could mend, hence no details for one.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database said no, or was not there, or holds a value that the model does not know.
    #[error(transparent)]
    Sqlx(#[from] sqlx::Error),
    /// The database is known to be away, so nothing was asked of it.
    #[error("the database is away")]
    Away,
    /// Stored values do not fit one another, or one is not what the model asks for.
    #[error("{column} holds {value:?}, which the model does not know")]
    Unknown {
        /// Table and column.
        column: &'static str,
        /// What stands there.
        value: String,
    },
}

impl DbError {
    /// A stored value that the model does not know.
    pub(crate) fn unknown(column: &'static str, value: impl ToString) -> Self {
        Self::Unknown { column, value: value.to_string() }
    }

    /// The name of the constraint that was broken, if that is what happened.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        match self {
            DbError::Sqlx(sqlx::Error::Database(error)) => error.constraint(),
            _ => None,
        }
    }

    /// Whether the same transaction may well succeed when it is tried again: serialization failure, deadlock, a lost
    /// connection, a server that is just starting or stopping (PostgreSQL's error classes 08, 40 and 57P), or one that has become a standby
    /// behind a pooler.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            DbError::Away | DbError::Sqlx(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut) => true,
            DbError::Sqlx(sqlx::Error::Database(error)) => error.code().is_some_and(|code| {
                code == READ_ONLY || ["08", "40", "57P"].iter().any(|class| code.starts_with(class))
            }),
            _ => false,
        }
    }
}

/// Constraints that speak to people: what breaks one is no fault of the program.
///
/// The names are given by us, in the migrations; `tests::schema` looks for each of them in the database.
pub trait OnConstraint<T>: Sized {
    /// Turns a breach of the named constraint into a problem, and everything else into what it is.
    ///
    /// # Errors
    /// When there was one.
    fn on_constraint(self, name: &str, problem: impl Into<Problem>) -> Result<T, Problem> {
        self.on_constraints([(name, problem.into())])
    }

    /// The same for several.
    ///
    /// # Errors
    /// When there was one.
    fn on_constraints<const N: usize>(self, problems: [(&str, Problem); N]) -> Result<T, Problem>;
}

impl<T> OnConstraint<T> for Result<T, DbError> {
    fn on_constraints<const N: usize>(self, problems: [(&str, Problem); N]) -> Result<T, Problem> {
        self.map_err(|error| {
            let broken = problems.into_iter().find(|(name, _)| error.constraint() == Some(*name));
            broken.map_or_else(|| error.into(), |(_, problem)| problem)
        })
    }
}

tokio::task_local! {
    /// Why the attempt under way in [`retrying`] fails, until that has decided what to do about it.
    static CAUSE: RefCell<Option<DbError>>;
}

/// What refuses a text of a person who is erased, whatever kind of text it is.
const PERSON_IS_THERE: &str = "person_is_there";

/// The edge: what a service hands on is a problem without details, and what it was is logged, once.
impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        let problem = if error.is_transient() {
            Problem::Unavailable
        } else if error.constraint() == Some(PERSON_IS_THERE) {
            // Erased while the request was under way, and signed out with that. Whoever writes something down for somebody else has
            // another answer, by `on_constraints`.
            return Problem::SignInRequired;
        } else {
            Problem::Internal { incident: incident::current() }
        };
        let mut error = Some(error);
        // Outside of an attempt there is nobody to decide anything.
        let _ = CAUSE.try_with(|cause| cause.replace(error.take()));
        if let Some(error) = error {
            log(&error);
        }
        problem
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        DbError::from(error).into()
    }
}

fn log(error: &DbError) {
    tracing::error!(incident = incident::current(), %error, "database");
}

/// How long to wait before the second try and those after it.
const PAUSES: [Duration; 3] = [Duration::from_millis(20), Duration::from_millis(100), Duration::from_millis(500)];

/// Runs a use case again when its transaction failed for a passing reason of the database's. A problem that comes from
/// elsewhere, such as a payment gateway that is not there, is an answer.
///
/// Only for use cases with an idempotency key: after a lost connection the first try may have been committed.
///
/// # Errors
/// The last try's.
pub async fn retrying<T, F, Fut>(mut attempt: F) -> Result<T, Problem>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T, Problem>>,
{
    let mut pauses = PAUSES.into_iter();
    loop {
        let (answer, cause) = CAUSE
            .scope(RefCell::new(None), async {
                let answer = attempt().await;
                (answer, CAUSE.with(RefCell::take))
            })
            .await;
        // A service may well have an answer to an error of the database.
        let (Err(Problem::Unavailable | Problem::Internal { .. }), Some(cause)) = (&answer, cause) else {
            return answer;
        };
        match pauses.next() {
            // What is away will not be back within these pauses, and somebody waits.
            Some(pause) if cause.is_transient() && !matches!(cause, DbError::Away) => {
                tracing::debug!(error = %cause, "another try");
                tokio::time::sleep(pause).await;
            }
            _ => {
                log(&cause);
                return answer;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{DbError, retrying};
    use crate::model::problem::Problem;

    fn passing() -> Problem {
        DbError::from(sqlx::Error::PoolTimedOut).into()
    }

    #[tokio::test]
    async fn what_passes_is_tried_again() {
        let tries = Cell::new(0);
        let answer = retrying(|| async {
            tries.set(tries.get() + 1);
            if tries.get() < 4 { Err(passing()) } else { Ok("done") }
        })
        .await;
        assert_eq!((answer, tries.get()), (Ok("done"), 4));
    }

    #[tokio::test]
    async fn what_does_not_pass_is_given_up_in_the_end() {
        let tries = Cell::new(0);
        let answer: Result<(), _> = retrying(|| async {
            tries.set(tries.get() + 1);
            Err(passing())
        })
        .await;
        assert_eq!((answer, tries.get()), (Err(Problem::Unavailable), 4));
    }

    #[tokio::test]
    async fn a_database_that_is_known_to_be_away_is_not_waited_for() {
        let tries = Cell::new(0);
        let answer: Result<(), _> = retrying(|| async {
            tries.set(tries.get() + 1);
            Err(DbError::Away.into())
        })
        .await;
        assert_eq!((answer, tries.get()), (Err(Problem::Unavailable), 1));
    }

    #[tokio::test]
    async fn answers_and_what_is_away_beside_the_database_are_not_tried_again() {
        for problem in [Problem::Conflict, Problem::Unavailable] {
            let tries = Cell::new(0);
            let answer: Result<(), _> = retrying(|| async {
                tries.set(tries.get() + 1);
                Err(problem.clone())
            })
            .await;
            assert_eq!((answer, tries.get()), (Err(problem.clone()), 1));
        }
    }
}

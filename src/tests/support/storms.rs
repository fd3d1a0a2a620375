//! How long storms blow: shortly in `./test`, for as long as they may in `./test storms`.

/// The first in `./test`, the second in `./test storms`.
pub fn short_or_long<T>(short: T, long: T) -> T {
    if std::env::var_os("LINKA_STORMS").is_some() { long } else { short }
}

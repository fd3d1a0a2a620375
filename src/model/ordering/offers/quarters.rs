//! Quarter hours of one day: a stretch of them, and any set of them. Number 0 begins at local midnight.

/// A stretch of quarters of one day, from `first` up to but not including `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    first: u32,
    end: u32,
}

impl Span {
    /// The quarters from `first` up to `end`; empty unless `first` is less.
    pub(super) const fn new(first: u32, end: u32) -> Self {
        Self { first, end: if first < end { end } else { first } }
    }

    /// How many there are.
    pub(super) const fn len(self) -> u32 {
        self.end - self.first
    }
}

/// A set of quarters of one day.
///
/// The longest day has 25 hours, that is 100 quarters: they fit the 128 bits with room to spare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Quarters(u128);

impl Quarters {
    /// No quarter.
    pub(super) const NONE: Self = Self(0);

    /// The sets of the first 0, 1, … 128 quarters: looking one up is faster than two shifts of 128 bits.
    const FIRST: [Self; 129] = {
        let mut sets = [Self::NONE; 129];
        let mut count = 1;
        while count < sets.len() {
            sets[count] = Self(sets[count - 1].0 << 1 | 1);
            count += 1;
        }
        sets
    };

    /// The first `count` quarters.
    pub(super) fn first(count: u32) -> Self {
        Self::FIRST[count.min(u128::BITS) as usize]
    }

    /// The quarters from which on at least `length` in a row belong to the set.
    ///
    /// A run of n quarters that begins n after the beginning of another makes one of 2n: so the length doubles with each
    /// step, and no step looks at a single quarter.
    #[must_use]
    pub(super) const fn starts_of_runs(self, length: u32) -> Self {
        if length > u128::BITS {
            return Self::NONE;
        }
        let mut starts = self.0;
        let mut run = 1;
        while run < length {
            let step = if run < length - run { run } else { length - run };
            starts &= starts >> step;
            run += step;
        }
        Self(starts)
    }

    /// Whether it contains a quarter.
    pub(super) const fn contains(self, quarter: u32) -> bool {
        quarter < u128::BITS && self.0 >> quarter & 1 == 1
    }

    /// How many quarters it contains.
    pub(super) const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// What both contain.
    #[must_use]
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What either contains.
    #[must_use]
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What it contains and the other does not.
    #[must_use]
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Its quarters in order.
    pub(super) fn iter(self) -> impl Iterator<Item = u32> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let quarter = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(quarter)
        })
    }
}

impl From<Span> for Quarters {
    fn from(span: Span) -> Self {
        Self::first(span.end).without(Self::first(span.first))
    }
}

impl FromIterator<Span> for Quarters {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        spans.into_iter().map(Self::from).fold(Self::NONE, Self::or)
    }
}

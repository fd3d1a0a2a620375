//! An estimate in words, the same on the server and in the browser.

use super::{stopwatch::two_digits, template::fill};
use crate::model::{
    base::{
        money::{Money, VatRate},
        text::UNBROKEN_DASH,
    },
    line::catalogue::MinuteRange,
    minutes::{
        estimate::{Estimate, estimate},
        pools::{PayerPool, PoolKind},
    },
};

/// What pays for an intervention, as it travels with a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The pools in drawing order.
    pub pools: Vec<NamedPool>,
    /// Fewest minutes billed.
    pub minimum: u32,
    /// Price of a minute that no pool covers, excluding VAT.
    pub rate: Money,
    /// VAT on it.
    pub vat: VatRate,
}

/// A pool of prepaid minutes with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPool {
    /// How many minutes are left in it.
    pub minutes: u32,
    /// "Bundle until 30 June".
    pub name: String,
}

/// The words of an estimate, with places to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstimateTexts {
    /// "{minutes} min"
    pub minutes: String,
    /// "{minutes} will be left"
    pub left: String,
    /// What minutes beyond all pools are called.
    pub beyond: String,
    /// What they are called where there is no pool.
    pub paid: String,
    /// "{minutes} at {rate}"
    pub at_rate: String,
    /// "{price} with VAT"
    pub price: String,
    /// "{amount} Kč"
    pub money: String,
    /// What stands between thousands.
    pub thousands: String,
    /// What stands before the haléře.
    pub decimal: String,
}

/// An estimate in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EstimateInWords {
    /// How long it will take.
    pub minutes: String,
    /// Who will pay for it.
    pub rows: Vec<EstimateRow>,
}

/// What one source pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstimateRow {
    /// The pool's name, or what the rest is called.
    pub source: String,
    /// How many minutes.
    pub minutes: String,
    /// What will be left, or what it costs.
    pub then: String,
}

/// Estimates work that usually takes `typical` minutes by the rule of the model, and says it.
#[must_use]
pub fn estimate_in_words(typical: MinuteRange, terms: &Terms, texts: &EstimateTexts) -> EstimateInWords {
    // What kind of pool it is and when it expires stands in its name; the rule draws in the order given.
    let pools: Vec<PayerPool> = terms
        .pools
        .iter()
        .map(|pool| PayerPool { kind: PoolKind::Contract, minutes_left: pool.minutes, expires_on: None })
        .collect();
    let Estimate { minutes, draws, remainder, remainder_price, .. } =
        estimate(typical, terms.minimum, &pools, terms.rate, terms.vat, None);
    // The rule passes over empty pools and stops when all is paid: the others are named in the same order.
    let named = terms.pools.iter().filter(|pool| pool.minutes > 0);
    let mut rows: Vec<EstimateRow> = draws
        .iter()
        .zip(named)
        .map(|(draw, pool)| EstimateRow {
            source: pool.name.clone(),
            minutes: texts.range(draw.taken),
            then: fill(&texts.left, "minutes", &texts.range(draw.left)),
        })
        .collect();
    if let Some(price) = remainder_price {
        let source = if rows.is_empty() { &texts.paid } else { &texts.beyond };
        rows.push(EstimateRow {
            source: source.clone(),
            minutes: texts.at_rate(remainder, terms.rate),
            then: fill(&texts.price, "price", &texts.prices(price.from, price.to)),
        });
    }
    EstimateInWords { minutes: texts.range(minutes), rows }
}

impl EstimateTexts {
    fn range(&self, range: MinuteRange) -> String {
        let minutes = if range.is_exact() {
            self.grouped(range.to.into())
        } else {
            unbroken(&self.grouped(range.from.into()), &self.grouped(range.to.into()))
        };
        fill(&self.minutes, "minutes", &minutes)
    }

    fn at_rate(&self, minutes: MinuteRange, rate: Money) -> String {
        let rate = fill(&self.money, "amount", &self.amount(rate));
        fill(&fill(&self.at_rate, "minutes", &self.range(minutes)), "rate", &rate)
    }

    fn prices(&self, from: Money, to: Money) -> String {
        let ends = if from == to { self.amount(to) } else { unbroken(&self.amount(from), &self.amount(to)) };
        fill(&self.money, "amount", &ends)
    }

    fn amount(&self, amount: Money) -> String {
        let haler = amount.haler().unsigned_abs();
        let crowns = self.grouped(haler / 100);
        match haler % 100 {
            0 => crowns,
            rest => [&*crowns, &*self.decimal, &*two_digits(rest)].concat(),
        }
    }

    fn grouped(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() * 2);
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(&self.thousands);
            }
            grouped.push(digit);
        }
        grouped
    }
}

fn unbroken(from: &str, to: &str) -> String {
    [from, UNBROKEN_DASH, to].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> EstimateTexts {
        EstimateTexts {
            minutes: "{minutes} min".into(),
            left: "zbude {minutes} volných".into(),
            at_rate: "{minutes} po {rate}".into(),
            beyond: "Nad rámec".into(),
            paid: "Zaplatíte".into(),
            price: "{price} s DPH".into(),
            money: "{amount}\u{a0}Kč".into(),
            thousands: "\u{202f}".into(),
            decimal: ",".into(),
        }
    }

    fn terms(pools: &[(u32, &str)]) -> Terms {
        let pools = pools.iter().map(|(minutes, name)| NamedPool { minutes: *minutes, name: (*name).into() });
        Terms {
            pools: pools.collect(),
            minimum: 20,
            rate: Money::from_haler(2_500),
            vat: "21".parse().expect("a rate"),
        }
    }

    fn row(source: &str, minutes: &str, then: &str) -> EstimateRow {
        EstimateRow { source: source.into(), minutes: minutes.into(), then: then.into() }
    }

    #[test]
    fn a_pool_that_covers_it_says_what_will_be_left() {
        let said = estimate_in_words(MinuteRange::new(10, 45), &terms(&[(140, "Smlouva")]), &texts());
        assert_eq!(said.minutes, "20–\u{2060}45 min");
        assert_eq!(said.rows, [row("Smlouva", "20–\u{2060}45 min", "zbude 95–\u{2060}120 min volných")]);
    }

    #[test]
    fn an_empty_pool_is_not_named_and_the_rest_has_its_price() {
        let terms = terms(&[(0, "Smlouva"), (30, "Balíček")]);
        let said = estimate_in_words(MinuteRange::new(60, 90), &terms, &texts());
        assert_eq!(
            said.rows,
            [
                row("Balíček", "30 min", "zbude 0 min volných"),
                row("Nad rámec", "30–\u{2060}60 min po 25\u{a0}Kč", "907,50–\u{2060}1\u{202f}815\u{a0}Kč s DPH"),
            ],
        );
    }

    #[test]
    fn who_has_no_pool_pays() {
        let said = estimate_in_words(MinuteRange::new(20, 20), &terms(&[]), &texts());
        assert_eq!(said.rows, [row("Zaplatíte", "20 min po 25\u{a0}Kč", "605\u{a0}Kč s DPH")]);
    }
}

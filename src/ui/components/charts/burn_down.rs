//! How minutes go down over a period, and where the present pace leads.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Numbers;
use crate::{
    model::minutes::usage::{BurnDown, Forecast, Turn, TurnKind},
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// How much of what is known to happen stands below the drawing; the table has all of it.
const LISTED: usize = 5;

/// The side of the stretched inner drawing: per mille of width and height.
const SIDE: f64 = 1_000.0;

/// Steps down to today, and the forecast as a dashed line from there.
#[component]
pub fn BurnDownChart(
    /// What is drawn.
    burn_down: BurnDown,
) -> impl IntoView {
    let locale = Locale::current();
    let today = burn_down.today;
    let day = |date| format::date_numeric(locale, date, Some(today));
    let summary = t!(
        "burn-down-summary",
        from = day(burn_down.from),
        until = day(burn_down.until),
        left = format::minutes(locale, left_of(&burn_down)),
    );
    let turns = turns_in_words(&burn_down);
    let numbers = numbers(&burn_down, &turns, summary.clone());
    let listed = turns.into_iter().take(LISTED).map(|(date, words)| view! { <li>{day(date)} ": " {words}</li> });
    let listed = listed.collect::<Vec<_>>();
    let listed = (!listed.is_empty()).then(|| view! { <ul class="plain-list burn-turns">{listed}</ul> });
    view! {
        <figure class="chart" aria-label=summary>
            {drawing(&burn_down)}
            {numbers}
            {listed}
        </figure>
    }
}

/// What is left today.
fn left_of(burn_down: &BurnDown) -> u32 {
    burn_down.steps.last().map_or(0, |step| step.1)
}

/// The drawing with its scales; whoever does not see it has the table.
fn drawing(burn_down: &BurnDown) -> impl IntoView + use<> {
    let locale = Locale::current();
    let scale = Scale::of(burn_down);
    let (left, today) = (left_of(burn_down), burn_down.today);
    // Where the pace ends is a dot: it runs out, or lasts until more is credited.
    let end = match burn_down.forecast {
        Forecast::RunsOut { on } => Some((on, 0)),
        Forecast::Lasts { until, left } => Some((until, left)),
        Forecast::Unknown | Forecast::Empty => None,
    };
    let day = |date| format::date_numeric(locale, date, Some(today));
    let end_in_words = end.filter(|(date, _)| scale.is_free(*date)).map(|(date, _)| {
        view! {
            <text class="burn-end-word" x=scale.percent(date) y="206" text-anchor="middle">
                {day(date)}
            </text>
        }
    });
    view! {
        <div class="burn" aria-hidden="true">
            <p class="burn-scale">
                <span>{format::grouped(locale, scale.most.into())}</span>
                <span>{format::grouped(locale, (scale.most / 2).into())}</span>
                <span>"0"</span>
            </p>
            <svg class="burn-drawing" width="100%" height="210" focusable="false">
                <text class="burn-today-word" x=scale.percent(today) y="14" text-anchor=scale.anchor(today)>
                    {format!("{} · {}", t!("today"), format::minutes(locale, left))}
                </text>
                <svg y="25" width="100%" height="160" viewBox="0 0 1000 1000" preserveAspectRatio="none">
                    {lines(burn_down, &scale, end)}
                </svg>
                <text x="0" y="206">
                    {day(burn_down.from)}
                </text>
                {end_in_words}
                <text x="100%" y="206" text-anchor="end">
                    {day(burn_down.until)}
                </text>
            </svg>
        </div>
    }
}

/// What is stretched: steps, forecast and dots.
fn lines(burn_down: &BurnDown, scale: &Scale, end: Option<(NaiveDate, u32)>) -> impl IntoView + use<> {
    let ahead =
        (burn_down.ahead.len() > 1).then(|| view! { <path class="burn-forecast" d=scale.line(&burn_down.ahead)/> });
    let dot_at_end = end.map(|(date, minutes)| {
        view! { <path class="burn-dot burn-dot-end" d=dot(&scale.point(date, minutes))/> }
    });
    let agreed = scale.agreed(&burn_down.turns);
    let agreed = (!agreed.is_empty()).then(|| view! { <path class="burn-agreed" d=agreed/> });
    let today = burn_down.today;
    view! {
        <path class="burn-grid" d="M0 0H1000M0 500H1000M0 1000H1000"/>
        <path class="burn-ground" d=format!("{}V1000H{:.1}Z", scale.steps(burn_down), scale.first(burn_down))/>
        <path class="burn-today" d=format!("M{:.1} 0V1000", scale.x(today))/>
        <path class="burn-steps" d=scale.steps(burn_down)/>
        {ahead}
        {agreed}
        {dot_at_end}
        <path class="burn-dot" d=dot(&scale.point(today, left_of(burn_down)))/>
    }
}

/// The same as a table.
fn numbers(burn_down: &BurnDown, turns: &[(NaiveDate, String)], summary: String) -> impl IntoView + use<> {
    let locale = Locale::current();
    let row = |date, what: String| {
        view! {
            <tr>
                <th scope="row">{format::date_numeric(locale, date, None)}</th>
                <td>{what}</td>
            </tr>
        }
    };
    let steps = burn_down.steps.iter().map(|&(date, minutes)| row(date, format::minutes(locale, minutes)));
    let known = turns.iter().map(|(date, words)| row(*date, words.clone()));
    let rows = steps.chain(known).collect::<Vec<_>>();
    view! {
        <Numbers>
            <caption class="visually-hidden">{summary}</caption>
            <thead>
                <tr>
                    <th scope="col">{t!("burn-down-date")}</th>
                    <th scope="col">{t!("burn-down-left")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Numbers>
    }
}

/// What is known to happen, each day in words: "přibude 300 min", "propadne asi 40 min".
fn turns_in_words(burn_down: &BurnDown) -> Vec<(NaiveDate, String)> {
    let words = |turn: &Turn| {
        let minutes = format::minutes(Locale::current(), turn.minutes);
        match turn.kind {
            TurnKind::Credited => t!("burn-down-credited", minutes = minutes),
            TurnKind::Expired => t!("burn-down-expired", minutes = minutes),
            TurnKind::Agreed => t!("burn-down-agreed", minutes = minutes),
        }
    };
    burn_down.turns.iter().map(|turn| (turn.date, words(turn))).collect()
}

/// A line of no length: with round ends it is a dot, however the drawing is stretched.
fn dot(point: &str) -> String {
    format!("M{point}h0.01")
}

/// Where days and minutes lie in the drawing.
struct Scale {
    from: NaiveDate,
    days: f64,
    most: u32,
}

impl Scale {
    fn of(burn_down: &BurnDown) -> Self {
        let highest = burn_down.steps.iter().chain(&burn_down.ahead).map(|step| step.1).max().unwrap_or_default();
        // Until the end of the last day.
        let days = (burn_down.until - burn_down.from).num_days().max(0) + 1;
        #[expect(clippy::cast_precision_loss, reason = "a year has few days")]
        let days = days as f64;
        Self { from: burn_down.from, days, most: round_up(highest) }
    }

    #[expect(clippy::cast_precision_loss, reason = "a year has few days")]
    fn x(&self, date: NaiveDate) -> f64 {
        let day = (date - self.from).num_days() as f64;
        SIDE * (day / self.days).clamp(0.0, 1.0)
    }

    fn y(&self, minutes: u32) -> f64 {
        SIDE * (1.0 - f64::from(minutes.min(self.most)) / f64::from(self.most))
    }

    fn point(&self, date: NaiveDate, minutes: u32) -> String {
        format!("{:.1} {:.1}", self.x(date), self.y(minutes))
    }

    fn percent(&self, date: NaiveDate) -> String {
        format!("{:.1}%", self.x(date) / 10.0)
    }

    /// On which side of a day there is room for words.
    fn anchor(&self, date: NaiveDate) -> &'static str {
        match self.x(date) {
            x if x < 250.0 => "start",
            x if x > 750.0 => "end",
            _ => "middle",
        }
    }

    /// Whether a date under the axis stays clear of those at its ends, on a phone too.
    fn is_free(&self, date: NaiveDate) -> bool {
        (220.0..=770.0).contains(&self.x(date))
    }

    fn first(&self, burn_down: &BurnDown) -> f64 {
        burn_down.steps.first().map_or(0.0, |step| self.x(step.0))
    }

    /// From corner to corner.
    fn line(&self, points: &[(NaiveDate, u32)]) -> String {
        let mut line = String::new();
        for (place, &(date, minutes)) in points.iter().enumerate() {
            line.push(if place == 0 { 'M' } else { 'L' });
            line.push_str(&self.point(date, minutes));
        }
        line
    }

    /// A mark on the axis for each day on which something is agreed.
    fn agreed(&self, turns: &[Turn]) -> String {
        let agreed = turns.iter().filter(|turn| turn.kind == TurnKind::Agreed);
        agreed.map(|turn| format!("M{:.1} 1000V930", self.x(turn.date))).collect()
    }

    /// Level until the day of the next step, then down to it; on to today.
    fn steps(&self, burn_down: &BurnDown) -> String {
        let Some(&(date, minutes)) = burn_down.steps.first() else {
            return String::from("M0 1000");
        };
        let mut line = format!("M{}", self.point(date, minutes));
        for &(date, minutes) in &burn_down.steps[1..] {
            line.push_str(&format!("H{:.1}V{:.1}", self.x(date), self.y(minutes)));
        }
        line.push_str(&format!("H{:.1}", self.x(burn_down.today)));
        line
    }
}

/// The next number that reads well on a scale with a middle: 2, 4, 6, 10 and their multiples by ten.
fn round_up(minutes: u32) -> u32 {
    let mut unit = 10;
    loop {
        for factor in [2, 3, 4, 6, 8, 10] {
            if minutes <= unit * factor {
                return unit * factor;
            }
        }
        match unit.checked_mul(10).filter(|unit| unit.checked_mul(10).is_some()) {
            Some(next) => unit = next,
            None => return minutes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
    }

    fn burn_down() -> BurnDown {
        BurnDown {
            from: date(10, 1),
            until: date(12, 31),
            today: date(11, 23),
            steps: vec![(date(10, 1), 300), (date(10, 20), 250), (date(11, 10), 140)],
            ahead: vec![(date(11, 23), 140), (date(12, 12), 0), (date(12, 31), 0)],
            turns: vec![Turn { date: date(12, 1), kind: TurnKind::Agreed, minutes: 45 }],
            forecast: Forecast::RunsOut { on: date(12, 12) },
        }
    }

    #[test]
    fn steps_keep_their_level_until_the_day_on_which_it_changes() {
        let scale = Scale::of(&burn_down());
        assert_eq!(scale.most, 300);
        assert_eq!(scale.steps(&burn_down()), "M0.0 0.0H206.5V166.7H434.8V533.3H576.1");
    }

    #[test]
    fn the_scale_ends_on_a_number_that_reads_well() {
        for (minutes, most) in [(0, 20), (20, 20), (21, 30), (61, 80), (300, 300), (301, 400), (1_020, 2_000)] {
            assert_eq!(round_up(minutes), most, "{minutes}");
        }
        assert_eq!(round_up(u32::MAX), u32::MAX);
    }

    #[test]
    fn every_number_can_be_read_without_the_drawing() {
        let html = Owner::new().with(|| view! { <BurnDownChart burn_down=burn_down()/> }.to_html());
        for number in ["300\u{a0}min", "250\u{a0}min", "140\u{a0}min"] {
            assert!(html.contains(&format!("<td>{number}")), "{number}: {html}");
        }
        assert_eq!(html.matches("45\u{a0}min").count(), 2, "what is agreed stands in the table and below: {html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn a_period_of_one_day_without_any_step_can_be_drawn() {
        let (steps, ahead) = (Vec::new(), Vec::new());
        let empty = BurnDown { until: date(10, 1), today: date(10, 1), steps, ahead, ..burn_down() };
        let scale = Scale::of(&empty);
        assert_eq!((scale.x(date(10, 1)), scale.y(0)), (0.0, SIDE));
    }
}

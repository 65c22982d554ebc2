//! Numbers, days and moments as the readers of a language write them, by the Unicode locale data.

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YMD, YMDT};
use icu_datetime::input::{Date as CalendarDate, DateTime as CalendarDateTime, Time};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale;
use jiff::civil::{Date, DateTime};

/// The customs of a language. What has none there is written as in canonical JSON: a number or a day
/// is never left out and never wrong.
pub(crate) struct Customs {
    numbers: Option<DecimalFormatter>,
    days: Option<FixedCalendarDateTimeFormatter<Gregorian, YMD>>,
    moments: Option<FixedCalendarDateTimeFormatter<Gregorian, YMDT>>,
}

impl Customs {
    /// Those of the language with this BCP 47 tag. Months are written as words, so that no reader
    /// takes one for a day; hours are counted to 24, as in the records that they are compared with.
    pub(crate) fn of(tag: &str) -> Self {
        let locale = |tag: &str| Locale::try_from_str(tag).ok();
        let in_24_hours = || locale(&format!("{tag}-u-hc-h23"));
        let options = DecimalFormatterOptions::default();
        Self {
            numbers: locale(tag)
                .and_then(|locale| DecimalFormatter::try_new((&locale).into(), options).ok()),
            days: locale(tag).and_then(|locale| {
                FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long()).ok()
            }),
            moments: in_24_hours().and_then(|locale| {
                let fields = YMD::long().with_time_hms();
                FixedCalendarDateTimeFormatter::try_new((&locale).into(), fields).ok()
            }),
        }
    }

    /// A number from its digits, with as many decimals as these have. What is no number stays.
    pub(crate) fn number(&self, digits: &str) -> String {
        let parsed = Decimal::try_from_str(digits).ok();
        match (&self.numbers, parsed) {
            (Some(numbers), Some(parsed)) => numbers.format(&parsed).to_string(),
            _ => digits.to_owned(),
        }
    }

    /// A day.
    pub(crate) fn day(&self, day: Date) -> String {
        match (&self.days, calendar(day)) {
            (Some(days), Some(date)) => days.format(&date).to_string(),
            _ => day.to_string(),
        }
    }

    /// A day and a time of day, to the second, as a clock shows it that is so many minutes ahead of
    /// UTC.
    pub(crate) fn moment(&self, moment: DateTime, ahead: i16) -> String {
        let mut written = match (&self.moments, calendar(moment.date()), time(moment)) {
            (Some(moments), Some(date), Some(time)) => {
                moments.format(&CalendarDateTime { date, time }).to_string()
            }
            _ => moment.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        };
        written.push_str(" UTC");
        if ahead != 0 {
            let sign = if ahead < 0 { '-' } else { '+' };
            let minutes = ahead.unsigned_abs();
            written.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
        }
        written
    }
}

fn calendar(day: Date) -> Option<CalendarDate<Gregorian>> {
    let month = u8::try_from(day.month()).ok()?;
    CalendarDate::try_new_gregorian(day.year().into(), month, u8::try_from(day.day()).ok()?).ok()
}

fn time(moment: DateTime) -> Option<Time> {
    let part = |part: i8| u8::try_from(part).ok();
    Time::try_new(part(moment.hour())?, part(moment.minute())?, part(moment.second())?, 0).ok()
}

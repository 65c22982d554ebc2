//! The built-in functions, by their codes. `host/formulas` says their names, parameters and types;
//! [`crate::evaluate`] says what they do.

use crate::encoding::{Malformed, Reader, Writer};
use crate::operand::{Operand, coded};

coded! {
    /// The built-in functions that are no node of their own. Arguments that may be left out are none.
    Function {
        /// decimal(n, scale): half to even.
        0 Decimal,
        /// floor(n, scale)
        1 Floor,
        /// ceiling(n, scale)
        2 Ceiling,
        /// round up(n, scale)
        3 RoundUp,
        /// round down(n, scale)
        4 RoundDown,
        /// round half up(n, scale)
        5 RoundHalfUp,
        /// round half down(n, scale)
        6 RoundHalfDown,
        /// round up to multiple(n, multiple)
        7 RoundUpToMultiple,
        /// round down to multiple(n, multiple)
        8 RoundDownToMultiple,
        /// round half up to multiple(n, multiple)
        9 RoundHalfUpToMultiple,
        /// round half down to multiple(n, multiple)
        10 RoundHalfDownToMultiple,
        /// round half even to multiple(n, multiple)
        11 RoundHalfEvenToMultiple,
        /// abs(n), of numbers and durations.
        12 Abs,
        /// modulo(dividend, divisor): the sign of the divisor.
        13 Modulo,
        /// sqrt(number)
        14 Sqrt,
        /// even(number)
        15 Even,
        /// odd(number)
        16 Odd,
        /// clamp(n, lowest, highest)
        17 Clamp,

        /// count(list)
        30 Count,
        /// min(list)
        31 Min,
        /// max(list)
        32 Max,
        /// sum(list)
        33 SumOf,
        /// mean(list)
        34 Mean,
        /// product(list)
        35 Product,
        /// median(list)
        36 Median,
        /// mode(list)
        37 Mode,
        /// stddev(list)
        38 Stddev,
        /// all(list)
        39 All,
        /// any(list)
        40 Any,
        /// list contains(list, element)
        41 ListContains,
        /// sublist(list, start position, length)
        42 Sublist,
        /// append(list, list of what is added)
        43 Append,
        /// concatenate(list of lists)
        44 Concatenate,
        /// insert before(list, position, element)
        45 InsertBefore,
        /// remove(list, position)
        46 Remove,
        /// reverse(list)
        47 Reverse,
        /// index of(list, element)
        48 IndexOf,
        /// union(list of lists)
        49 Union,
        /// distinct values(list)
        50 DistinctValues,
        /// flatten(list)
        51 Flatten,
        /// list replace(list, position, element)
        52 ListReplace,

        /// string(from)
        60 String,
        /// number(from, grouping separator, decimal separator)
        61 Number,
        /// substring(string, start position, length)
        62 Substring,
        /// string length(string)
        63 StringLength,
        /// upper case(string)
        64 UpperCase,
        /// lower case(string)
        65 LowerCase,
        /// substring before(string, match)
        66 SubstringBefore,
        /// substring after(string, match)
        67 SubstringAfter,
        /// contains(string, match)
        68 Contains,
        /// starts with(string, match)
        69 StartsWith,
        /// ends with(string, match)
        70 EndsWith,
        /// string join(list, delimiter)
        71 StringJoin,
        /// split(string, delimiter), of a delimiter that is no pattern
        72 Split,

        /// date(from)
        80 Date,
        /// date(year, month, day)
        81 DateOf,
        /// time(from)
        82 Time,
        /// time(hour, minute, second, offset)
        83 TimeOf,
        /// date and time(from)
        84 DateAndTime,
        /// date and time(date, time)
        85 DateAndTimeOf,
        /// duration(from)
        86 Duration,
        /// years and months duration(from, to)
        87 YearsAndMonthsDuration,
        /// The year of a date
        88 Year,
        /// The month of a date
        89 Month,
        /// The day of a date
        90 Day,
        /// The weekday of a date, 1 is Monday
        91 Weekday,
        /// The hour of a time
        92 Hour,
        /// The minute of a time
        93 Minute,
        /// The second of a time
        94 Second,
        /// The offset of a time, or none
        95 TimeOffset,
        /// The years of a duration of months
        97 Years,
        /// The months of a duration of months
        98 Months,
        /// The days of a duration
        99 Days,
        /// The hours of a duration
        100 Hours,
        /// The minutes of a duration
        101 Minutes,
        /// The seconds of a duration
        102 Seconds,
        /// day of year(date)
        103 DayOfYear,
        /// day of week(date): its English name
        104 DayOfWeek,
        /// month of year(date): its English name
        105 MonthOfYear,
        /// week of year(date), as in ISO 8601
        106 WeekOfYear,
        /// days between(from, to)
        107 DaysBetween,
        /// months between(from, to): whole ones
        108 MonthsBetween,
        /// years between(from, to): whole ones
        109 YearsBetween,
        /// age(birth, on): years completed
        110 Age,
        /// days in month(date)
        111 DaysInMonth,
        /// last day of month(date)
        112 LastDayOfMonth,
        /// first day of month(date)
        113 FirstDayOfMonth,
        /// is(value1, value2): equal, and of the same offset
        114 Is,
        /// prorate(amount, part, whole)
        115 Prorate,

        /// start of a range or none
        130 RangeStart,
        /// end of a range or none
        131 RangeEnd,
        /// whether a range includes its start
        132 RangeStartIncluded,
        /// whether a range includes its end
        133 RangeEndIncluded,

        /// get value(context, key)
        160 GetValue,
        /// get entries(context)
        161 GetEntries,
        /// context(entries)
        162 ContextOf,
        /// context put(context, key, value)
        163 ContextPut,
        /// context merge(contexts)
        164 ContextMerge,
    }
}

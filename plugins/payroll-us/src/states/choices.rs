//! The words that the facts and parameters of the states are chosen from.

use stele_sdk::prelude::*;

/// The states and the District of Columbia, by their postal codes. Which of them the ruleset knows is
/// in its parameter `states`.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Alabama.
    #[choice(name = "AL")]
    Alabama,
    /// Alaska.
    #[choice(name = "AK")]
    Alaska,
    /// Arizona.
    #[choice(name = "AZ")]
    Arizona,
    /// Arkansas.
    #[choice(name = "AR")]
    Arkansas,
    /// California.
    #[choice(name = "CA")]
    California,
    /// Colorado.
    #[choice(name = "CO")]
    Colorado,
    /// Connecticut.
    #[choice(name = "CT")]
    Connecticut,
    /// Delaware.
    #[choice(name = "DE")]
    Delaware,
    /// District of Columbia.
    #[choice(name = "DC")]
    DistrictOfColumbia,
    /// Florida.
    #[choice(name = "FL")]
    Florida,
    /// Georgia.
    #[choice(name = "GA")]
    Georgia,
    /// Hawaii.
    #[choice(name = "HI")]
    Hawaii,
    /// Idaho.
    #[choice(name = "ID")]
    Idaho,
    /// Illinois.
    #[choice(name = "IL")]
    Illinois,
    /// Indiana.
    #[choice(name = "IN")]
    Indiana,
    /// Iowa.
    #[choice(name = "IA")]
    Iowa,
    /// Kansas.
    #[choice(name = "KS")]
    Kansas,
    /// Kentucky.
    #[choice(name = "KY")]
    Kentucky,
    /// Louisiana.
    #[choice(name = "LA")]
    Louisiana,
    /// Maine.
    #[choice(name = "ME")]
    Maine,
    /// Maryland.
    #[choice(name = "MD")]
    Maryland,
    /// Massachusetts.
    #[choice(name = "MA")]
    Massachusetts,
    /// Michigan.
    #[choice(name = "MI")]
    Michigan,
    /// Minnesota.
    #[choice(name = "MN")]
    Minnesota,
    /// Mississippi.
    #[choice(name = "MS")]
    Mississippi,
    /// Missouri.
    #[choice(name = "MO")]
    Missouri,
    /// Montana.
    #[choice(name = "MT")]
    Montana,
    /// Nebraska.
    #[choice(name = "NE")]
    Nebraska,
    /// Nevada.
    #[choice(name = "NV")]
    Nevada,
    /// New Hampshire.
    #[choice(name = "NH")]
    NewHampshire,
    /// New Jersey.
    #[choice(name = "NJ")]
    NewJersey,
    /// New Mexico.
    #[choice(name = "NM")]
    NewMexico,
    /// New York.
    #[choice(name = "NY")]
    NewYork,
    /// North Carolina.
    #[choice(name = "NC")]
    NorthCarolina,
    /// North Dakota.
    #[choice(name = "ND")]
    NorthDakota,
    /// Ohio.
    #[choice(name = "OH")]
    Ohio,
    /// Oklahoma.
    #[choice(name = "OK")]
    Oklahoma,
    /// Oregon.
    #[choice(name = "OR")]
    Oregon,
    /// Pennsylvania.
    #[choice(name = "PA")]
    Pennsylvania,
    /// Rhode Island.
    #[choice(name = "RI")]
    RhodeIsland,
    /// South Carolina.
    #[choice(name = "SC")]
    SouthCarolina,
    /// South Dakota.
    #[choice(name = "SD")]
    SouthDakota,
    /// Tennessee.
    #[choice(name = "TN")]
    Tennessee,
    /// Texas.
    #[choice(name = "TX")]
    Texas,
    /// Utah.
    #[choice(name = "UT")]
    Utah,
    /// Vermont.
    #[choice(name = "VT")]
    Vermont,
    /// Virginia.
    #[choice(name = "VA")]
    Virginia,
    /// Washington.
    #[choice(name = "WA")]
    Washington,
    /// West Virginia.
    #[choice(name = "WV")]
    WestVirginia,
    /// Wisconsin.
    #[choice(name = "WI")]
    Wisconsin,
    /// Wyoming.
    #[choice(name = "WY")]
    Wyoming,
    /// None of them: outside the states.
    #[choice(name = "none")]
    NoState,
}

/// Status on the state's withholding certificate.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum StateFilingStatus {
    /// Single; in California also married with two incomes or more than one employer, in New York
    /// also married but withheld at the higher single rate, in New Jersey also married filing
    /// separately.
    Single,
    /// Married; in California with one income, in New Jersey filing jointly.
    Married,
    /// Head of household. New York withholds as for a single person.
    HeadOfHousehold,
}

/// Which column or table of a schedule.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Schedule {
    /// Single persons.
    Single,
    /// Married persons.
    Married,
    /// Heads of household.
    HeadOfHousehold,
    /// New Jersey, rate table A.
    #[choice(name = "A")]
    A,
    /// New Jersey, rate table B.
    #[choice(name = "B")]
    B,
    /// New Jersey, rate table C.
    #[choice(name = "C")]
    C,
    /// New Jersey, rate table D.
    #[choice(name = "D")]
    D,
    /// New Jersey, rate table E.
    #[choice(name = "E")]
    E,
}

/// Rate table that the employee chose on line 3 of Form NJ-W4.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum NewJerseyTable {
    /// Rate table A.
    #[choice(name = "A")]
    A,
    /// Rate table B.
    #[choice(name = "B")]
    B,
    /// Rate table C.
    #[choice(name = "C")]
    C,
    /// Rate table D.
    #[choice(name = "D")]
    D,
    /// Rate table E.
    #[choice(name = "E")]
    E,
}

/// A city with an income tax of its own.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Locality {
    /// Lives in New York City.
    NewYorkCity,
    /// Lives in Yonkers.
    Yonkers,
    /// Works in Yonkers, lives elsewhere.
    YonkersNonresident,
    /// Lives in Philadelphia.
    Philadelphia,
    /// Works in Philadelphia, lives elsewhere.
    PhiladelphiaNonresident,
    /// Owes none of these cities a tax.
    #[choice(name = "none")]
    NoCity,
}

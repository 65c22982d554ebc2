//! Scales: from what was measured to points that can be weighted against each other.

use crate::parameters::{ScalePoint, Scheme};
use stele_sdk::prelude::*;

/// One scale of the scheme.
#[derive(Clone, Copy)]
pub(crate) struct Scale<'a> {
    points: &'a [ScalePoint],
    name: &'a str,
}

impl<'a> Scale<'a> {
    /// The scale of this name; it may have no points at all, which `check` refuses.
    pub(crate) fn named(scheme: &'a Scheme, name: &'a str) -> Self {
        Scale { points: &scheme.scales, name }
    }

    /// Its points, by rising measurement.
    pub(crate) fn points(self) -> impl Iterator<Item = &'a ScalePoint> {
        self.points.iter().filter(move |point| point.scale == self.name)
    }

    /// The lowest and the highest measurement; none for a scale without points.
    pub(crate) fn ends(self) -> Option<(Decimal, Decimal)> {
        let first = self.points().next()?.measured;
        let last = self.points().last()?.measured;
        Some((first, last))
    }

    /// The score of a measurement within the ends, on the straight line between the two points
    /// around it, unrounded. Outside the ends it is the end's score.
    pub(crate) fn score(self, measured: Decimal) -> Decimal {
        let mut below: Option<&ScalePoint> = None;
        for point in self.points() {
            if measured <= point.measured {
                return below.map_or(point.points, |below| between(below, point, measured));
            }
            below = Some(point);
        }
        below.map_or(Decimal::ZERO, |last| last.points)
    }
}

/// The multiplication comes before the division, so that whole numbers stay exact.
fn between(below: &ScalePoint, above: &ScalePoint, measured: Decimal) -> Decimal {
    let risen = (measured - below.measured) * (above.points - below.points);
    below.points + risen / (above.measured - below.measured)
}

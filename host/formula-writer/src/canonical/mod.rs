//! A description as the canonical ABI of the component model lays it out in a rule's memory, with
//! the addresses that it will have there: the machine then only says where it lies.
//!
//! A record is a C struct, a variant a tag of one byte and, aligned, what the case holds; a list or a
//! text is an address and a length. `description` has each type's parts, in the order of the
//! contract; here is what they are made of.

mod description;

use crate::image::Image;

/// A type of the contract.
pub(crate) trait Lay {
    /// Bytes that it takes where it stands.
    const SIZE: usize;
    const ALIGN: usize;

    /// Writes it to its place in the image, and what it points to behind everything so far.
    fn lay(&self, image: &mut Image, at: usize);
}

/// The next address of this alignment.
pub(crate) const fn aligned(at: usize, align: usize) -> usize {
    at.next_multiple_of(align)
}

/// The largest one; iterators are not for constants.
pub(crate) const fn largest(mut numbers: &[usize]) -> usize {
    let mut largest = 0;
    while let [first, rest @ ..] = numbers {
        if *first > largest {
            largest = *first;
        }
        numbers = rest;
    }
    largest
}

macro_rules! number {
    ($($number:ty),*) => {
        $(impl Lay for $number {
            const SIZE: usize = size_of::<$number>();
            /// In the canonical ABI a number is aligned to its size, on every machine.
            const ALIGN: usize = size_of::<$number>();

            fn lay(&self, image: &mut Image, at: usize) {
                image.write(at, &self.to_le_bytes());
            }
        })*
    };
}

number!(u8, u32, u64, i64);

impl Lay for bool {
    const SIZE: usize = 1;
    const ALIGN: usize = 1;

    fn lay(&self, image: &mut Image, at: usize) {
        u8::from(*self).lay(image, at);
    }
}

/// An address and a length.
const POINTED: usize = 8;

fn point(image: &mut Image, at: usize, to: usize, length: usize) {
    image.write_number(at, image.address(to));
    image.write_number(at + 4, length);
}

impl Lay for String {
    const SIZE: usize = POINTED;
    const ALIGN: usize = 4;

    fn lay(&self, image: &mut Image, at: usize) {
        let place = image.text(self);
        point(image, at, place, self.len());
    }
}

impl<T: Lay> Lay for Vec<T> {
    const SIZE: usize = POINTED;
    const ALIGN: usize = 4;

    fn lay(&self, image: &mut Image, at: usize) {
        // The size of a type is a multiple of its alignment, so that one follows the other.
        let place = image.room(self.len() * T::SIZE, T::ALIGN);
        for (position, element) in self.iter().enumerate() {
            element.lay(image, place + position * T::SIZE);
        }
        point(image, at, place, self.len());
    }
}

impl<T: Lay> Lay for Option<T> {
    const SIZE: usize = aligned(aligned(1, T::ALIGN) + T::SIZE, T::ALIGN);
    const ALIGN: usize = T::ALIGN;

    fn lay(&self, image: &mut Image, at: usize) {
        if let Some(value) = self {
            1_u8.lay(image, at);
            value.lay(image, at + aligned(1, T::ALIGN));
        }
    }
}

/// A record: its fields in the order of the contract.
macro_rules! record {
    ($record:ty { $($field:ident: $type:ty),* $(,)? }) => {
        impl Lay for $record {
            const ALIGN: usize = largest(&[1, $(<$type as Lay>::ALIGN),*]);
            const SIZE: usize = {
                let mut end = 0;
                $(end = aligned(end, <$type as Lay>::ALIGN) + <$type as Lay>::SIZE;)*
                aligned(end, Self::ALIGN)
            };

            fn lay(&self, image: &mut Image, at: usize) {
                // All of them: a field that the contract adds does not compile.
                let Self { $($field),* } = self;
                let mut end = 0;
                $(
                    let start = aligned(end, <$type as Lay>::ALIGN);
                    Lay::lay($field, image, at + start);
                    end = start + <$type as Lay>::SIZE;
                )*
                let _ = end;
            }
        }
    };
}

/// A variant: its cases in the order of the contract, with what they hold.
macro_rules! variant {
    ($variant:ty { $($case:ident $(($type:ty))?),* $(,)? }) => {
        impl Lay for $variant {
            const ALIGN: usize = largest(&[1, $($(<$type as Lay>::ALIGN,)?)*]);
            const SIZE: usize = {
                let held = largest(&[0, $($(<$type as Lay>::SIZE,)?)*]);
                aligned(aligned(1, Self::ALIGN) + held, Self::ALIGN)
            };

            fn lay(&self, image: &mut Image, at: usize) {
                // All of them: a case that the contract adds does not compile.
                match self {
                    $(Self::$case { .. } => {})*
                }
                let mut tag = 0_u8;
                $(
                    if variant!(@is self, $case $(($type))?, image, at, tag) {
                        return;
                    }
                    tag += 1;
                )*
                let _ = tag;
            }
        }
    };
    (@is $self:ident, $case:ident, $image:ident, $at:ident, $tag:ident) => {
        if let Self::$case = $self {
            $tag.lay($image, $at);
            true
        } else {
            false
        }
    };
    (@is $self:ident, $case:ident($type:ty), $image:ident, $at:ident, $tag:ident) => {
        if let Self::$case(held) = $self {
            $tag.lay($image, $at);
            <$type as Lay>::lay(held, $image, $at + aligned(1, Self::ALIGN));
            true
        } else {
            false
        }
    };
}

pub(crate) use {record, variant};

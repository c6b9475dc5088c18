/**
 * The mask of an entry says where in its cell a footprint is, as a set of numbers: 0 says that it is everywhere in a country, or states
 * a corridor; the others are subdivisions, or seats counted from 1. 31 numbers are in the first word, 32 in each later one.
 */
export const wordOfPlace = (place: number): number => (place < 31 ? 0 : 1 + ((place - 31) >>> 5));
export const bitOfPlace = (place: number): number => (place < 31 ? 1 << place : 1 << ((place - 31) & 31));

/** The bit of the number 0. */
export const FIRST = 1;

/** Set in the first word of every mask: whoever wants everybody finds them by it. */
export const PRESENT = 1 << 31;

/** How many records or footprints make a block, where a test wants many. */
export const BLOCK = 8;

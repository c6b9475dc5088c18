/// <reference types="vite/client" />

/** Countries too small for the map's outlines: their ISO 3166-1 numeric codes, and longitude and latitude of their middle. */
declare module 'virtual:small-countries' {
  const countries: readonly (readonly [code: string, place: [longitude: number, latitude: number]])[];
  export default countries;
}

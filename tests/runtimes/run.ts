import { tour } from './tour.ts';

const [url = '', first = '', second = ''] = process.argv.slice(2);
console.log(JSON.stringify(await tour({ url, keys: [first, second] })));

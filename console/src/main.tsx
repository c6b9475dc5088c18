import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './design/page.css';
import { followTheme } from './design/theme.ts';
import { isMissingPart, noteMissingParts } from './hub/missing-parts.ts';
import { Speak } from './language/speak.tsx';
import { Console } from './shell/console.tsx';

followTheme();
noteMissingParts();
const place = document.getElementById('console');
if (!place) throw new Error('index.html has no place for the console');
createRoot(place, {
  // What the fence says is no fault of the page.
  onCaughtError: (error) => {
    if (!isMissingPart(error)) console.error(error);
  },
}).render(
  <StrictMode>
    <Speak>
      <Console />
    </Speak>
  </StrictMode>,
);

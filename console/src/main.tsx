import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './design/page.css';
import { followTheme } from './design/theme.ts';
import { Speak } from './language/speak.tsx';
import { Console } from './shell/console.tsx';

followTheme();
const place = document.getElementById('console');
if (!place) throw new Error('index.html has no place for the console');
createRoot(place).render(
  <StrictMode>
    <Speak>
      <Console />
    </Speak>
  </StrictMode>,
);

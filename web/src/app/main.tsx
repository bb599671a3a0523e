import './mantine-styles.ts';
import './theme.css';
import './colors.css';
import './styles.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './providers.tsx';
import { router } from './router.tsx';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');
// Until the screen's own script is there, what the page was drawn with stays.
void router.load().then(() =>
  createRoot(place).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  ),
);

import type { Viewer } from '@concord/client-sdk';
import { createContext, useContext } from 'react';

/** Who is signed in; inside of the shell there is always somebody. */
export const ViewerContext = createContext<Viewer | null>(null);

export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('outside of the shell nobody is signed in');
  return viewer;
}

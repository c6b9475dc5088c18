import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import type { Credentials } from '../../server/auth/credentials.ts';
import { RecentSignIns } from '../../server/auth/recent-sign-ins.ts';

const WHO: Credentials = { token: 'a', actor: null, session: null };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('whoever was let in is known for half a second since the look-up began, and no longer', () => {
  const recent = new RecentSignIns();
  const remember = recent.lookingUp(WHO);
  vi.advanceTimersByTime(300);
  remember(HUB_VIEWER);
  vi.advanceTimersByTime(199);
  expect(recent.find(WHO)).toBe(HUB_VIEWER);
  vi.advanceTimersByTime(1);
  expect(recent.find(WHO)).toBeUndefined();
});

test('whoever was being looked up while a right was taken away is looked up again', () => {
  const recent = new RecentSignIns();
  const remember = recent.lookingUp(WHO);
  recent.forget();
  remember(HUB_VIEWER);
  expect(recent.find(WHO)).toBeUndefined();
});

test('a look-up that took longer than that is not remembered', () => {
  const recent = new RecentSignIns();
  const remember = recent.lookingUp(WHO);
  vi.advanceTimersByTime(500);
  remember(HUB_VIEWER);
  expect(recent.find(WHO)).toBeUndefined();
});

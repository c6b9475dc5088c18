/** A login as a URL for another user; host, database and options (such as `sslmode`) stay. */
export function withUser(url: string, user: string, password: string): string {
  const changed = new URL(url);
  if (changed.hostname === '') {
    // A socket folder as `?host=…`: such a URL cannot carry a user before the host, but `pg` also reads it here.
    changed.searchParams.set('user', user);
    changed.searchParams.set('password', password);
    return changed.href;
  }
  changed.username = encodeURIComponent(user);
  changed.password = encodeURIComponent(password);
  return changed.href;
}

/** The same login on another database of the same server. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

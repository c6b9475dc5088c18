/** PostgreSQL's settings, given on its command line so that a new version of Concord needs no edited file. */
export function settingsOf(port: number, durable: boolean): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '200',
    shared_buffers: '192MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    // Everything fits into memory or onto an SSD: a random page is as near as the next one.
    random_page_cost: '1.1',
    // Our statements are short; compiling one takes longer than running it.
    jit: 'off',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] %u ',
    // The log says that a statement failed, never with which values.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '1000' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

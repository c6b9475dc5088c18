import { execFileSync } from 'node:child_process';

/** Where the processes of a hub are, as if each were a machine. */
export interface Network {
  readonly kind: 'namespaces' | 'loopback';
  /** At which they reach this process. */
  readonly gateway: string;
  /** A place for one more: its address, and what its command line begins with. */
  join(): Place;
  close(): void;
}

export interface Place {
  readonly address: string;
  readonly within: readonly string[];
}

/**
 * Where this user may make them, each process gets a network namespace of its own with an interface of its own on a bridge, so that what it
 * reaches it reaches by that alone, as in a container. Elsewhere each gets an address of its own in 127.0.0.0/8.
 */
export function openNetwork(): Network {
  let joined = 0;
  const loopback: Network = {
    kind: 'loopback',
    gateway: '127.0.0.1',
    join: () => ({ address: `127.0.77.${String((joined += 1))}`, within: [] }),
    close: () => undefined,
  };
  const name = `ccd${String(process.pid)}`;
  const subnet = `10.77.${String(process.pid % 250)}`;
  const gateway = `${subnet}.254`;
  const spaces: string[] = [];
  const close = (): void => {
    for (const space of spaces.splice(0)) ip('netns', 'del', space);
    ip('link', 'del', name);
    process.off('exit', close);
  };
  try {
    ip('netns', 'add', name);
    ip('netns', 'del', name);
    ip('link', 'add', name, 'type', 'bridge');
  } catch {
    return loopback;
  }
  process.once('exit', close);
  ip('addr', 'add', `${gateway}/24`, 'dev', name);
  ip('link', 'set', name, 'up');
  const join = (): Place => {
    joined += 1;
    const space = `${name}n${String(joined)}`;
    const address = `${subnet}.${String(joined)}`;
    ip('netns', 'add', space);
    spaces.push(space);
    ip('link', 'add', `${name}h${String(joined)}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
    ip('link', 'set', `${name}h${String(joined)}`, 'master', name, 'up');
    ip('-n', space, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
    for (const device of ['lo', 'eth0']) ip('-n', space, 'link', 'set', device, 'up');
    return { address, within: ['ip', 'netns', 'exec', space] };
  };
  return { kind: 'namespaces', gateway, join, close };
}

function ip(...command: readonly string[]): void {
  execFileSync('ip', command, { stdio: 'pipe' });
}

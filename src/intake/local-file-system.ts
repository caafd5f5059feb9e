/** Whether a folder lies on a file system that this machine alone changes. */
import { statfsSync } from 'node:fs'
import { attempt } from '../attempt.ts'

/**
 * Kinds by statfs(2): on these the kernel dates a folder when a name in it comes or goes, and tells whoever watches it of
 * what is written. On others, as NFS, CIFS, FUSE (so virtiofs, sshfs, and what Docker Desktop shares), 9p and CephFS,
 * another machine may write unheard; what lies below an overlay may be one of these.
 */
const localKinds: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0x2fc12fc1, // ZFS
  0xf2f52010, // F2FS
  0x01021994, // tmpfs
])

/** False where that cannot be told: elsewhere than on Linux the numbers mean something else, or nothing. */
export const isOnLocalFileSystem = (folder: string): boolean =>
  process.platform === 'linux' && (attempt(() => localKinds.has(statfsSync(folder).type)) ?? false)

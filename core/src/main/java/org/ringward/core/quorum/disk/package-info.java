/**
 * The quorum disk: a shared disk whose vote goes to the nodes of one ring, as a lease.
 *
 * <p><b>The promise.</b> At any time the nodes that count the disk's vote are all in one ring.
 *
 * <p><b>How.</b> Each node writes one block of its own, in cycles: first it writes (a new beat, its
 * state, its ring), and when that write has ended it reads all blocks. A node whose block says
 * MASTER claims the vote for its ring. With T = interval * tko:
 *
 * <ol>
 *   <li>A node counts the vote only while its block says MASTER with its present ring, and only
 *       until 0.99 T after it <em>began to write</em> in its last clean cycle. A cycle is clean
 *       when everything could be read, the own block is what was written, no block is older than
 *       before, and no block says MASTER for another ring, in whatever format, unless it did not
 *       change for T.
 *   <li>The first clean cycle that may count ends at least master_wait &gt;= tko cycles, so T or
 *       more, after its first MASTER block was on the disk; all cycles since then were readable,
 *       and no other node's MASTER of another ring has changed for T.
 *   <li>Or, without that wait: all configured nodes are in the ring, and the block of each of them
 *       says so.
 *   <li>When the ring changes a node stops to count before it writes or takes part in the new ring;
 *       it never returns to a ring.
 *   <li>A node claims the vote only for a side that holds what the last side with the vote may have
 *       acknowledged ({@link org.ringward.core.quorum.witness.VoteRecord}; a member that let go for
 *       another side says that it holds nothing), or for all nodes, in a later ring than that
 *       side's or when the block of each names it. Before it counts, its block names the side, with
 *       a turn higher than all that it found; and the read of a later cycle has shown no turn as
 *       high for another side.
 * </ol>
 *
 * <p><b>Why the memory holds.</b> Turns only grow, and each node writes before it reads. Let a node
 * of B count with turn t. A node of A that wrote its turn before B's last read is found by it: its
 * turn is lower. One that writes later took its turn after a read that found t, and then is bound
 * by what B's block says; or after an earlier read, which found nothing above t - 1, since what it
 * found B found too: so its turn is t at most. Of several blocks with the highest turn all count.
 *
 * <p><b>Why that is enough.</b> Let a count for ring A by a cycle (write Wa, read Ra), and b for
 * another ring B by (Wb, Rb), at the same moment. Each wrote before it read, so Rb finds Wa or
 * something later of a, or Ra finds Wb or something later of b; say Rb finds a. If it finds that a
 * gave A up, a had stopped to count before it wrote that. If it finds MASTER for A, then by rule 1
 * or 2 that block did not change for T, as b saw it; so a began to write it, and Wa, more than T
 * ago, and rule 1 has ended a's vote (the 0.01 T allow clocks to run apart by half a hundredth
 * each). By rule 3 b found that a has been in B: a had given up every ring before B, and in one
 * after B it is bound by rule 2, so b's cycles have found it for T before a counts.
 *
 * <p><b>What a disk's lies can do.</b> With rule 2 the promise holds also when <em>one</em> of the
 * two is shown blocks that are out of date: if only Rb is lied to, a finds b's MASTER in every
 * cycle that begins after it was written, extends nothing, and has stopped to count when b begins,
 * T later; if only Ra is lied to, the argument above holds with Rb. Zeros, torn blocks, blocks of
 * another format, errors, an older block than the one seen before, and an own block that is not
 * what was written make a cycle unclean, and a disk that does not answer makes none. So what is not
 * promised: a disk that shows old blocks to both sides at once and to each its own new ones (a
 * mirror that fell apart together with the network), and a write of a former life of a node that
 * reaches the disk after the node has begun anew (the kernel ends a process after its writes;
 * upgrade_wait is the time for what a controller held back). The memory of rule 5 stands no lie: a
 * side whose claiming nodes are shown old blocks only, and that hears of the other over nothing
 * else, goes on after it without what it acknowledged (seed 1089275). That this is so also when
 * another member of the side reads the truth is a fault (seed 1173057 without power).
 *
 * <p>Which side should have the vote (most nodes fit on the disk, then most members, then the one
 * that had it, then the lowest node) is found by every node from the same blocks, and decides only
 * who claims; the promise does not rest on it.
 */
@NullMarked
package org.ringward.core.quorum.disk;

import org.jspecify.annotations.NullMarked;

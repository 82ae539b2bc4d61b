/** The network of a declaration: an order that is misspelt would be another network. */
import { found } from '../value/found.ts'
import { checkKeys, isTable, refuse, refuseName } from './refuse.ts'

const ORDERS = ['unordered', 'set', 'fifo']
const PARTS = ['order', 'capacity']

/** @throws SplitbrainError `bad-protocol` */
export function checkNetwork(network: unknown): void {
  if (!isTable(network)) {
    checkOrder('network', network)
    return
  }
  checkKeys('network', network, PARTS)
  const { order, capacity } = network
  if (order !== undefined) checkOrder('network.order', order)
  if (capacity !== undefined && !(Number.isInteger(capacity) && Number(capacity) > 0)) {
    refuse(`network.capacity is ${found(capacity)}`, 'how many messages a channel holds, an integer from 1')
  }
}

function checkOrder(where: string, order: unknown): void {
  if (!ORDERS.includes(order as string)) refuseName(`${where} is ${found(order)}`, String(order), ORDERS)
}

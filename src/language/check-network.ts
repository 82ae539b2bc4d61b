/** The network of a declaration: an order that is misspelt would be another network. */
import { found } from '../value/found.ts'
import { checkKeys, isTable, refuse, refuseName } from './refuse.ts'

const ORDERS = ['unordered', 'set', 'fifo', 'selective']
const PARTS = ['order', 'except', 'capacity', 'toSelf']

/** @throws SplitbrainError `bad-protocol` */
export function checkNetwork(network: unknown, messages: readonly string[]): void {
  if (!isTable(network)) {
    checkOrder('network', network)
    return
  }
  checkKeys('network', network, PARTS)
  const { order, except, capacity, toSelf } = network
  if (order !== undefined) checkOrder('network.order', order)
  if (except !== undefined) checkExceptions(except, messages)
  if (capacity !== undefined && !(Number.isInteger(capacity) && Number(capacity) > 0)) {
    refuse(`network.capacity is ${found(capacity)}`, 'how many messages a channel holds, an integer from 1')
  }
  if (toSelf !== undefined && typeof toSelf !== 'boolean') {
    refuse(`network.toSelf is ${found(toSelf)}`, 'true, or nothing')
  }
}

function checkExceptions(except: unknown, messages: readonly string[]): void {
  if (!isTable(except)) refuse(`network.except is ${found(except)}`, "orders by type of message: { Vote: 'fifo' }")
  checkKeys('network.except', except, messages)
  for (const [type, order] of Object.entries(except)) {
    if (order !== undefined) checkOrder(`network.except.${type}`, order)
  }
}

function checkOrder(where: string, order: unknown): void {
  if (!ORDERS.includes(order as string)) refuseName(`${where} is ${found(order)}`, String(order), ORDERS)
}

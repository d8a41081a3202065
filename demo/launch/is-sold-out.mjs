/** Whether Medusa refused an order since there is not enough: its cart and its reservations say so in different words. @param {string} message */
export const isSoldOut = (message) => /insufficient_inventory|required inventory|not enough stock/i.test(message)

/** A count with commas between thousands: 10,322. (Intl.NumberFormat would cost a fifth of the start-up time.) */
export function grouped(count: number): string {
  return String(count).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ",");
}

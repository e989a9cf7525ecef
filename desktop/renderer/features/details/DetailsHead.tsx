import { Avatar } from '../../ui/Avatar.tsx';
import { PersonText } from '../../ui/PersonText.tsx';

export interface DetailsHeadProps {
  id: string;
  name: string;
  kind: 'person' | 'group';
  subtitle?: string | undefined;
}

export function DetailsHead({ id, name, kind, subtitle }: DetailsHeadProps) {
  return (
    <div className="flex flex-col items-center pb-4 text-center">
      <Avatar id={id} name={name} kind={kind} size={72} />
      <p className="pt-3 text-[1.0625rem] leading-6 font-semibold text-balance">
        <PersonText>{name}</PersonText>
      </p>
      {subtitle !== undefined && <p className="text-interface text-ink-2 tabular-nums">{subtitle}</p>}
    </div>
  );
}
